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

    public static bool IsLoneSurrogate(string text, int at) =>
        char.IsHighSurrogate(text[at])
            ? at + 1 == text.Length || !char.IsLowSurrogate(text[at + 1])
            : char.IsLowSurrogate(text[at]) && (at == 0 || !char.IsHighSurrogate(text[at - 1]));
}
