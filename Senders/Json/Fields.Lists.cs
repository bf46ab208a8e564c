using System.Text.Json;

namespace EcosystemSilo.Senders.Json;

public sealed partial class Fields
{
    /// <summary>A list of short texts that may be absent; each follows the rules of <see cref="Text"/>.</summary>
    public IReadOnlyList<string>? OptionalTextList(string name, int countMax, int lengthMax)
    {
        if (!Take(name, required: false, out var value))
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            Blame(name, FieldCodes.FieldInvalid, "must be a list of texts.");
            return null;
        }

        if (value.GetArrayLength() > countMax)
        {
            Blame(name, FieldCodes.FieldTooLong, $"may have {countMax} entries.");
            return null;
        }

        return [.. value.EnumerateArray().Select((text, index) => ReadText($"{name}[{index}]", text, lengthMax))];
    }
}
