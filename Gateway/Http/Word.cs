using EcosystemSilo.Senders.Json;

namespace EcosystemSilo.Gateway.Http;

/// <summary>
/// An enum value as a query parameter, by its word in JSON. The framework's own reading of enums knows only the names
/// in code, which no client ever sees.
/// </summary>
public readonly record struct Word<TEnum>(TEnum Value)
    where TEnum : struct, Enum
{
    public static bool TryParse(string? text, out Word<TEnum> word)
    {
        var found = Words<TEnum>.TryParse(text, out var value);
        word = new Word<TEnum>(value);
        return found;
    }
}
