using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Senders.Json;

namespace EcosystemSilo.Gateway.Http;

/// <summary>Text that lists and boards are searched for.</summary>
internal static class SearchText
{
    /// <summary>What is wrong with it, if anything; no text at all is fine.</summary>
    public static Refusal? Fault(string? text, string field) =>
        text is { Length: > Board.BoardLimits.TextLengthMax }
            ? new Refusal(
                FieldCodes.FieldTooLong,
                $"'{field}' may have {Board.BoardLimits.TextLengthMax} characters.",
                field
            )
        : text is not null && !CleanText.IsClean(text)
            ? new Refusal(FieldCodes.TextNotClean, $"'{field}' holds control characters.", field)
        : null;
}
