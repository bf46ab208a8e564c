using System.Text;
using System.Text.Json;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Blueprints;
using YamlDotNet.RepresentationModel;

namespace EcosystemSilo.Grains.Blueprints;

/// <summary>
/// Reads a blueprint: text in, document or errors out. Each step sees only what the one before it has accepted:
/// bounds and YAML form, then the schema, then the rules between the parts of the document.
/// </summary>
public static class BlueprintFile
{
    private static readonly Lazy<YamlSchema> Schema = new(() => YamlSchema.Parse(SchemaText()));

    /// <summary>Parses one file. It never throws for what the text contains.</summary>
    /// <param name="fileName">Only named in errors; nothing is opened.</param>
    public static BlueprintParse Parse(string fileName, string text)
    {
        if (Encoding.UTF8.GetByteCount(text) > BlueprintLimits.FileBytesMax)
        {
            var message = $"a blueprint has at most {BlueprintLimits.FileBytesMax} bytes";
            return BlueprintParse.Invalid([new BlueprintError(fileName, 1, 1, "file-too-large", message)]);
        }

        var form = YamlForm.Read(text);
        if (form.Root is not { } root)
        {
            return Invalid(fileName, form.Findings);
        }

        var findings = Schema.Value.Check(root);
        if (findings.Count > 0)
        {
            return Invalid(fileName, findings);
        }

        var document = Bind(root);
        var violations = BlueprintRules.Check(document).Take(BlueprintLimits.ErrorsMax).ToList();
        return violations.Count == 0
            ? BlueprintParse.Valid(document)
            : Invalid(
                fileName,
                violations.Select(v => new YamlFinding(YamlPath.Find(root, v.Path), v.Rule, v.Message))
            );
    }

    /// <summary>The JSON schema that editors use and that this reader interprets.</summary>
    public static string SchemaText()
    {
        using var stream =
            typeof(BlueprintFile).Assembly.GetManifestResourceStream("blueprint.schema.json")
            ?? throw new InvalidOperationException("The resource blueprint.schema.json is missing from the assembly.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    private static BlueprintParse Invalid(string fileName, IEnumerable<YamlFinding> findings) =>
        BlueprintParse.Invalid(
            findings.Select(f => new BlueprintError(fileName, f.At.Line, f.At.Column, f.Rule, f.Message))
        );

    /// <summary>By way of JSON, so that a file and a stored event are read by the same generated code.</summary>
    private static BlueprintDocument Bind(YamlNode root) =>
        JsonSerializer.Deserialize<BlueprintDocument>(YamlToJson.Convert(root), Wire.Options)
        ?? throw new InvalidOperationException("A blueprint that fits the schema was read as null.");
}
