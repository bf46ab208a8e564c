using System.Text.Json;

namespace EcosystemSilo.Grains.Blueprints;

/// <summary>The keywords of JSON Schema that the product interprets, and where each may stand.</summary>
internal static class SchemaKeywords
{
    private const string ReferencePrefix = "#/$defs/";

    private static readonly string[] Anywhere = ["type", "title", "description", "$comment"];

    private static readonly Dictionary<string, string[]> OfType = new(StringComparer.Ordinal)
    {
        ["object"] = ["required", "properties", "additionalProperties", "$schema", "$id", "$defs"],
        ["array"] = ["items", "minItems", "maxItems", "uniqueItems"],
        ["string"] = ["enum", "pattern", "minLength", "maxLength"],
        ["integer"] = ["minimum", "maximum"],
        ["boolean"] = [],
    };

    /// <exception cref="InvalidOperationException">A keyword would be ignored, or a bound is missing.</exception>
    public static void Check(JsonElement schema, string place)
    {
        if (schema.TryGetProperty("$ref", out var reference))
        {
            Require(
                reference.GetString()!.StartsWith(ReferencePrefix, StringComparison.Ordinal),
                place,
                "$ref elsewhere"
            );
            RequireOnly(schema, ["$ref", "title", "description", "$comment"], place);
            return;
        }

        Require(schema.TryGetProperty("type", out var type), place, "no type");
        Require(type.ValueKind is JsonValueKind.String, place, "several types");
        Require(OfType.TryGetValue(type.GetString()!, out var keywords), place, $"type {type}");
        RequireOnly(schema, [.. Anywhere, .. keywords!], place);
        if (type.ValueEquals("object"))
        {
            var closed = schema.TryGetProperty("additionalProperties", out var additional);
            Require(closed && additional.ValueKind is JsonValueKind.False, place, "an object that is not closed");
        }

        if (type.ValueEquals("array"))
        {
            Require(schema.TryGetProperty("items", out _), place, "a list without items");
        }
    }

    private static void RequireOnly(JsonElement schema, IReadOnlyCollection<string> known, string place)
    {
        foreach (var keyword in schema.EnumerateObject())
        {
            Require(known.Contains(keyword.Name, StringComparer.Ordinal), place, $"the keyword {keyword.Name} here");
        }
    }

    private static void Require(bool holds, string place, string what)
    {
        if (!holds)
        {
            throw new InvalidOperationException($"The blueprint schema cannot be interpreted at {place}: {what}.");
        }
    }
}
