using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace EcosystemSilo.Senders.Json;

/// <summary>
/// Enum values by their words in JSON, for places where no serializer runs: claims, queries, form fields.
/// </summary>
public static class Words<TEnum>
    where TEnum : struct, Enum
{
    private static readonly FrozenDictionary<TEnum, string> ByValue = Enum.GetValues<TEnum>()
        .ToFrozenDictionary(
            value => value,
            value => JsonSerializer.SerializeToElement(value, WordForm.Options).GetString()!
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

/// <summary>How an enum is written in JSON, here and in everything that is stored or answered.</summary>
internal static class WordForm
{
    public static JsonSerializerOptions Options { get; } =
        new() { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) } };
}
