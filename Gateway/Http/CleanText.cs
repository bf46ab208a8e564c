using System.Text.Json;

namespace EcosystemSilo.Gateway.Http;

/// <summary>
/// Text that every store and screen can keep: valid Unicode, no NUL and no other control characters except tab and
/// line breaks. PostgreSQL refuses NUL, and half of a surrogate pair cannot be written as UTF-8 at all.
/// </summary>
public static class CleanText
{
    public static bool IsClean(string text)
    {
        for (var index = 0; index < text.Length; index++)
        {
            var letter = text[index];
            if (char.IsHighSurrogate(letter) && index + 1 < text.Length && char.IsLowSurrogate(text[index + 1]))
            {
                index++;
            }
            else if (char.IsSurrogate(letter) || (char.IsControl(letter) && letter is not ('\t' or '\n' or '\r')))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The text of a JSON string, or false when it is not clean.</summary>
    public static bool TryRead(JsonElement value, out string text)
    {
        try
        {
            text = value.GetString() ?? "";
            return IsClean(text);
        }
        catch (InvalidOperationException)
        {
            // System.Text.Json reports an unpaired surrogate escape and invalid UTF-8 only when the text is read.
            text = "";
            return false;
        }
    }

    /// <summary>The name of a JSON field, or false when it is not clean.</summary>
    public static bool TryUnescape(JsonProperty field, out string name)
    {
        try
        {
            name = field.Name;
            return IsClean(name);
        }
        catch (InvalidOperationException)
        {
            name = "";
            return false;
        }
    }
}
