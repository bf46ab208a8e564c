using System.Text.Json;
using System.Text.Unicode;

namespace EcosystemSilo.Senders.Json;

/// <summary>Why a body was not taken: a stable code, a sentence for people, and the JSON path at fault.</summary>
/// <param name="Path">For example <c>$.data.items[3].name</c>; the root is <c>$</c>. Names stand as they were
/// sent.</param>
public sealed record JsonFault(string Code, string Message, string Path)
{
    internal static JsonFault Empty() => new("json.empty", "The body is empty; JSON was expected.", "$");

    internal static JsonFault InvalidUtf8() => new("json.invalid-utf8", "The body is not valid UTF-8.", "$");

    internal static JsonFault Malformed(string path, long byteOffset) =>
        new("json.malformed", $"The body stops being JSON at byte {byteOffset}.", path);

    internal static JsonFault TooDeep(string path) =>
        new("json.too-deep", $"Objects and arrays may be nested {JsonLimits.DepthMax} deep.", path);

    internal static JsonFault TooManyTokens(string path, int tokensMax) =>
        new("json.too-large", $"A body may hold {tokensMax} names, values and brackets.", path);

    internal static JsonFault DuplicateKey(string path) =>
        new("json.duplicate-key", "An object holds the same name twice.", path);

    internal static JsonFault LoneSurrogate(string path) =>
        new("json.lone-surrogate", "A text holds half of a surrogate pair, which is no character.", path);

    internal static JsonFault Nul(string path) => new("json.nul-character", "A text holds the NUL character.", path);

    internal static JsonFault NumberOutOfRange(string path) =>
        new("json.number-out-of-range", "A number is longer or larger than any value this service keeps.", path);
}

/// <summary>
/// Reads JSON (RFC 8259) from outside without taking anything that two readers could understand differently:
/// no duplicate names, invalid UTF-8, lone surrogates, NUL characters or numbers beyond a double, and nothing deep
/// enough to cost a stack. A refusal costs one pass over the bytes at most, and depth stops that pass early.
/// </summary>
public static class StrictJson
{
    private static readonly JsonDocumentOptions Strict = new()
    {
        AllowDuplicateProperties = false,
        MaxDepth = JsonLimits.DepthMax,
    };

    private static readonly JsonDocumentOptions WithDuplicates = new() { MaxDepth = JsonLimits.DepthMax };

    /// <summary>
    /// Parses the bytes; returns null and the value, or the fault. The value keeps no hold of the bytes.
    /// </summary>
    /// <param name="tokensMax">Names, values and brackets that the body may hold.</param>
    public static JsonFault? Parse(ReadOnlySpan<byte> utf8, out JsonElement value, int tokensMax = JsonLimits.TokensMax)
    {
        value = default;
        if (utf8.IsEmpty)
        {
            return JsonFault.Empty();
        }

        if (!Utf8.IsValid(utf8))
        {
            return JsonFault.InvalidUtf8();
        }

        if (JsonWalk.FirstFault(utf8, tokensMax) is { } fault)
        {
            return fault;
        }

        try
        {
            value = JsonElement.Parse(utf8, Strict);
            return null;
        }
        catch (JsonException)
        {
            // The walk has passed everything but duplicate names, so only they are left to look for.
            return JsonFault.DuplicateKey(DuplicatePath(JsonElement.Parse(utf8, WithDuplicates), "$") ?? "$");
        }
    }

    private static string? DuplicatePath(JsonElement element, string path)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            return element
                .EnumerateArray()
                .Select((item, index) => DuplicatePath(item, $"{path}[{index}]"))
                .FirstOrDefault(found => found is not null);
        }

        if (element.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in element.EnumerateObject())
        {
            var memberPath = Shorten($"{path}.{member.Name}");
            if (!names.Add(member.Name))
            {
                return memberPath;
            }

            if (DuplicatePath(member.Value, memberPath) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    internal static string Shorten(string path) =>
        path.Length <= JsonLimits.PathCharsMax ? path : string.Concat(path.AsSpan(0, JsonLimits.PathCharsMax - 1), "…");
}
