using System.Collections.Frozen;
using System.Text.Json;

namespace EcosystemSilo.Gateway.Http;

/// <summary>
/// Enum values by their words in JSON, for places where no serializer runs: claims, queries, form fields.
/// </summary>
public static class Words<TEnum>
    where TEnum : struct, Enum
{
    private static readonly FrozenDictionary<TEnum, string> ByValue = Enum.GetValues<TEnum>()
        .ToFrozenDictionary(
            value => value,
            value => JsonSerializer.SerializeToElement(value, GatewayJson.Options).GetString()!
        );

    private static readonly FrozenDictionary<string, TEnum> ByWord = ByValue.ToFrozenDictionary(
        pair => pair.Value,
        pair => pair.Key
    );

    /// <summary>
    /// All words in the order of the enum, for messages: <c>discovery, integration, launch, scale</c>.
    /// </summary>
    public static string All { get; } = string.Join(", ", Enum.GetValues<TEnum>().Select(Of));

    public static string Of(TEnum value) => ByValue[value];

    public static bool TryParse(string? word, out TEnum value)
    {
        value = default;
        return word is not null && ByWord.TryGetValue(word, out value);
    }
}

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
