using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace EcosystemSilo.Grains.Interfaces;

/// <summary>A typed id: text of 1 to 64 characters, letters, digits, <c>-</c>, <c>_</c> and <c>.</c>.</summary>
public interface IId<TSelf>
    where TSelf : struct, IId<TSelf>
{
    string Value { get; }
    static abstract TSelf From(string value);
}

/// <summary>The shared rule for ids, and the parse that refuses anything else.</summary>
public static class Ids
{
    /// <summary>Long enough for any CRM's id with a prefix, short enough for an index key.</summary>
    public const int LengthMax = 64;

    public const string Rule = "1 to 64 characters: letters, digits, '-', '_' and '.', starting with a letter or digit";

    public static bool IsValid([NotNullWhen(true)] string? text)
    {
        if (string.IsNullOrEmpty(text) || text.Length > LengthMax || !char.IsAsciiLetterOrDigit(text[0]))
        {
            return false;
        }

        foreach (var letter in text)
        {
            if (!char.IsAsciiLetterOrDigit(letter) && letter is not ('-' or '_' or '.'))
            {
                return false;
            }
        }

        return true;
    }

    public static bool TryParse<TId>(string? text, out TId id)
        where TId : struct, IId<TId>
    {
        id = IsValid(text) ? TId.From(text) : default;
        return id.Value is not null;
    }
}

/// <summary>
/// Ids stand as plain strings in JSON; a malformed one is a JSON error, so it never reaches a decider.
/// </summary>
public sealed class IdJson<TId> : JsonConverter<TId>
    where TId : struct, IId<TId>
{
    public override TId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && Ids.TryParse<TId>(reader.GetString(), out var id)
            ? id
            : throw new JsonException($"An id must have {Ids.Rule}.");

    public override void Write(Utf8JsonWriter writer, TId value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Value);

    public override TId ReadAsPropertyName(
        ref Utf8JsonReader reader,
        Type typeToConvert,
        JsonSerializerOptions options
    ) => TId.From(reader.GetString()!);

    public override void WriteAsPropertyName(Utf8JsonWriter writer, TId value, JsonSerializerOptions options) =>
        writer.WritePropertyName(value.Value);
}
