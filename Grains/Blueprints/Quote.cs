namespace EcosystemSilo.Grains.Blueprints;

/// <summary>Text of the author's in our messages: quoted, bounded, and valid Unicode wherever it is cut.</summary>
internal static class Quote
{
    public static string Text(string text)
    {
        if (text.Length <= BlueprintLimits.QuotedTextMax)
        {
            return $"'{text}'";
        }

        var length = BlueprintLimits.QuotedTextMax;
        length -= char.IsHighSurrogate(text[length - 1]) ? 1 : 0;
        return $"'{text[..length]}…'";
    }

    public static string List(IEnumerable<string> texts) => string.Join(", ", texts);

    public static bool HasLoneSurrogate(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
            {
                continue;
            }

            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
            {
                return true;
            }

            i++;
        }

        return false;
    }
}
