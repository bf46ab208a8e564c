using YamlDotNet.RepresentationModel;

namespace EcosystemSilo.Grains.Blueprints;

/// <summary>One walk over a YAML tree beside its schema. Rules are named after the keyword, in kebab-case.</summary>
internal sealed class YamlSchemaCheck(Func<SchemaNode, SchemaNode> resolve)
{
    private readonly List<YamlFinding> _findings = [];

    public IReadOnlyList<YamlFinding> Findings => _findings;

    /// <param name="name">What the author calls the node, for messages: its property's name.</param>
    public void Visit(SchemaNode schema, YamlNode node, string name)
    {
        schema = resolve(schema);
        var found = TypeOf(node);
        if (!string.Equals(found, schema.Type, StringComparison.Ordinal))
        {
            Report(
                node,
                "type",
                $"{name} must be {WithArticle(schema.Type)}, found {WithArticle(found)}{Hint(schema, node)}"
            );
            return;
        }

        switch (node)
        {
            case YamlMappingNode mapping:
                VisitMapping(schema, mapping, name);
                break;
            case YamlSequenceNode list:
                VisitList(schema, list, name);
                break;
            case YamlScalarNode scalar when schema.Type == YamlText.Integer:
                CheckInteger(schema, scalar, name);
                break;
            case YamlScalarNode scalar when schema.Type == YamlText.Text:
                CheckText(schema, scalar, name);
                break;
            default:
                break;
        }
    }

    private void VisitMapping(SchemaNode schema, YamlMappingNode mapping, string name)
    {
        foreach (var (key, value) in mapping.Children)
        {
            var property = ((YamlScalarNode)key).Value!;
            if (schema.Properties.TryGetValue(property, out var propertySchema))
            {
                Visit(propertySchema, value, property);
            }
            else
            {
                var known = Quote.List(schema.Properties.Keys);
                Report(key, "unknown-property", $"{name} has no {Quote.Text(property)}; it has {known}");
            }
        }

        foreach (var required in schema.Required.Where(r => !mapping.Children.ContainsKey(new YamlScalarNode(r))))
        {
            Report(mapping, "required", $"{name} needs {required}");
        }
    }

    private void VisitList(SchemaNode schema, YamlSequenceNode list, string name)
    {
        var count = list.Children.Count;
        if (count < schema.MinItems)
        {
            Report(list, "min-items", $"{name} needs at least {schema.MinItems} entries, found {count}");
        }

        if (count > schema.MaxItems)
        {
            Report(list, "max-items", $"{name} takes at most {schema.MaxItems} entries, found {count}");
            return;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in list.Children)
        {
            Visit(schema.Items!, item, $"an entry of {name}");
            if (schema.UniqueItems && item is YamlScalarNode { Value: { } text } && !seen.Add(text))
            {
                Report(item, "unique-items", $"{Quote.Text(text)} is in {name} already");
            }
        }
    }

    private void CheckInteger(SchemaNode schema, YamlScalarNode scalar, string name)
    {
        var value = YamlText.IntegerOf(scalar);
        if (value < schema.Minimum)
        {
            Report(scalar, "minimum", $"{name} must be at least {schema.Minimum}, found {value}");
        }

        if (value > schema.Maximum)
        {
            Report(scalar, "maximum", $"{name} must be at most {schema.Maximum}, found {value}");
        }
    }

    private void CheckText(SchemaNode schema, YamlScalarNode scalar, string name)
    {
        var text = scalar.Value!;
        // JSON Schema counts characters, not UTF-16 units.
        var length = text.EnumerateRunes().Count();
        if (length < schema.MinLength)
        {
            Report(scalar, "min-length", $"{name} must have at least {schema.MinLength} characters");
        }

        if (length > schema.MaxLength)
        {
            Report(scalar, "max-length", $"{name} must have at most {schema.MaxLength} characters, found {length}");
        }
        else if (schema.Pattern is { } pattern && !pattern.IsMatch(text))
        {
            Report(scalar, "pattern", $"{name} {Quote.Text(text)} does not match {pattern}");
        }

        if (schema.Allowed is { } allowed && !allowed.Contains(text, StringComparer.Ordinal))
        {
            Report(scalar, "enum", $"{name} must be one of {Quote.List(allowed)}, found {Quote.Text(text)}");
        }
    }

    private void Report(YamlNode at, string rule, string message)
    {
        if (_findings.Count < BlueprintLimits.ErrorsMax)
        {
            _findings.Add(new YamlFinding(at.Start, rule, message));
        }
    }

    private static string TypeOf(YamlNode node) =>
        node switch
        {
            YamlMappingNode => "object",
            YamlSequenceNode => "array",
            YamlScalarNode scalar => YamlText.TypeOf(scalar),
            _ => throw new InvalidOperationException($"A {node.NodeType} got past the check of the YAML's form."),
        };

    private static string WithArticle(string type) =>
        type switch
        {
            "object" => "a mapping",
            "array" => "a list",
            YamlText.Integer => "a whole number",
            YamlText.Number => "another kind of number",
            YamlText.Boolean => "true or false",
            YamlText.Null => "nothing",
            _ => "text",
        };

    private static string Hint(SchemaNode expected, YamlNode found) =>
        expected.Type == YamlText.Text && found is YamlScalarNode { Value: { Length: > 0 } value }
            ? $"; quote it: \"{value}\""
            : "";
}
