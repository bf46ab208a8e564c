using System.Text.Json;

namespace EcosystemSilo.Senders.Json;

/// <summary>
/// Text that every store and screen can keep: no control characters except tab and line breaks. NUL and halves of
/// surrogate pairs do not come this far; <see cref="StrictJson"/> refuses them in the whole body.
/// </summary>
public static class CleanText
{
    public static bool IsClean(string text) =>
        !text.Any(letter => char.IsControl(letter) && letter is not ('\t' or '\n' or '\r'));

    /// <summary>The text of a JSON string, or false when the value is none or holds control characters.</summary>
    public static bool TryRead(JsonElement value, out string text)
    {
        text = value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
        return value.ValueKind == JsonValueKind.String && IsClean(text);
    }
}
