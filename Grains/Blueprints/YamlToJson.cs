using System.Text.Json;
using YamlDotNet.RepresentationModel;

namespace EcosystemSilo.Grains.Blueprints;

/// <summary>Writes a tree that fits the schema as UTF-8 JSON.</summary>
internal static class YamlToJson
{
    public static byte[] Convert(YamlNode root)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes))
        {
            Write(writer, root);
        }

        return bytes.ToArray();
    }

    private static void Write(Utf8JsonWriter writer, YamlNode node)
    {
        switch (node)
        {
            case YamlMappingNode mapping:
                writer.WriteStartObject();
                foreach (var (key, value) in mapping.Children)
                {
                    writer.WritePropertyName(((YamlScalarNode)key).Value!);
                    Write(writer, value);
                }

                writer.WriteEndObject();
                break;
            case YamlSequenceNode list:
                writer.WriteStartArray();
                foreach (var item in list.Children)
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            case YamlScalarNode scalar:
                Write(writer, scalar);
                break;
            default:
                throw new InvalidOperationException($"A {node.NodeType} got past the check of the YAML's form.");
        }
    }

    private static void Write(Utf8JsonWriter writer, YamlScalarNode scalar)
    {
        switch (YamlText.TypeOf(scalar))
        {
            case YamlText.Integer:
                writer.WriteNumberValue(YamlText.IntegerOf(scalar));
                break;
            case YamlText.Boolean:
                writer.WriteBooleanValue(YamlText.BooleanOf(scalar));
                break;
            default:
                writer.WriteStringValue(scalar.Value);
                break;
        }
    }
}
