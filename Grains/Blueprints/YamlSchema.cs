using System.Text.Json;
using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace EcosystemSilo.Grains.Blueprints;

/// <summary>
/// A JSON Schema (2020-12) for YAML, so that errors have lines. It knows the subset that <see cref="SchemaKeywords"/>
/// lists, and a schema that uses anything else is refused when it is read: a rule that is written is never ignored.
/// </summary>
internal sealed class YamlSchema
{
    private readonly Dictionary<string, SchemaNode> _definitions = new(StringComparer.Ordinal);
    private readonly HashSet<string> _references = new(StringComparer.Ordinal);
    private readonly SchemaNode _root;

    private YamlSchema(JsonElement schema)
    {
        if (schema.TryGetProperty("$defs", out var definitions))
        {
            foreach (var definition in definitions.EnumerateObject())
            {
                _definitions[definition.Name] = Read(definition.Value, $"$defs/{definition.Name}");
            }
        }

        _root = Read(schema, "the root");
        if (_references.FirstOrDefault(name => !_definitions.ContainsKey(name)) is { } missing)
        {
            throw new InvalidOperationException($"The schema refers to $defs/{missing}, which it does not define.");
        }
    }

    /// <exception cref="InvalidOperationException">The schema uses what this reader cannot interpret: a
    /// bug.</exception>
    public static YamlSchema Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return new YamlSchema(document.RootElement);
    }

    /// <summary>Everything in the tree that does not fit, at most <see cref="BlueprintLimits.ErrorsMax"/>.</summary>
    public IReadOnlyList<YamlFinding> Check(YamlNode root)
    {
        var check = new YamlSchemaCheck(Resolve);
        check.Visit(_root, root, "the document");
        return check.Findings;
    }

    private SchemaNode Resolve(SchemaNode node)
    {
        while (node.Reference is { } name)
        {
            node = _definitions[name];
        }

        return node;
    }

    private SchemaNode Read(JsonElement schema, string place)
    {
        SchemaKeywords.Check(schema, place);
        if (schema.TryGetProperty("$ref", out var reference))
        {
            var name = reference.GetString()!["#/$defs/".Length..];
            _references.Add(name);
            return new SchemaNode { Reference = name };
        }

        return new SchemaNode
        {
            Type = schema.GetProperty("type").GetString()!,
            Properties = schema.TryGetProperty("properties", out var properties)
                ? properties.EnumerateObject().ToDictionary(p => p.Name, p => Read(p.Value, $"{place}/{p.Name}"))
                : [],
            Required = Texts(schema, "required"),
            Items = schema.TryGetProperty("items", out var items) ? Read(items, $"{place}/items") : null,
            Allowed = schema.TryGetProperty("enum", out _) ? Texts(schema, "enum") : null,
            Pattern = schema.TryGetProperty("pattern", out var pattern) ? Compile(pattern.GetString()!) : null,
            Minimum = Number(schema, "minimum"),
            Maximum = Number(schema, "maximum"),
            MinLength = Number(schema, "minLength"),
            MaxLength = Number(schema, "maxLength"),
            MinItems = Number(schema, "minItems"),
            MaxItems = Number(schema, "maxItems"),
            UniqueItems = schema.TryGetProperty("uniqueItems", out var unique) && unique.GetBoolean(),
        };
    }

    /// <summary>The engine without backtracking: matching is linear whatever the file holds.</summary>
    private static Regex Compile(string pattern) =>
        new(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, Regex.InfiniteMatchTimeout);

    private static long? Number(JsonElement schema, string keyword) =>
        schema.TryGetProperty(keyword, out var number) ? number.GetInt64() : null;

    private static IReadOnlyList<string> Texts(JsonElement schema, string keyword) =>
        schema.TryGetProperty(keyword, out var texts) ? [.. texts.EnumerateArray().Select(t => t.GetString()!)] : [];
}

/// <summary>One schema, or a reference to one. Null: no such rule.</summary>
internal sealed record SchemaNode
{
    public string? Reference { get; init; }
    public string Type { get; init; } = "";
    public IReadOnlyDictionary<string, SchemaNode> Properties { get; init; } = new Dictionary<string, SchemaNode>();
    public IReadOnlyList<string> Required { get; init; } = [];
    public SchemaNode? Items { get; init; }
    public IReadOnlyList<string>? Allowed { get; init; }
    public Regex? Pattern { get; init; }
    public long? Minimum { get; init; }
    public long? Maximum { get; init; }
    public long? MinLength { get; init; }
    public long? MaxLength { get; init; }
    public long? MinItems { get; init; }
    public long? MaxItems { get; init; }
    public bool UniqueItems { get; init; }
}
