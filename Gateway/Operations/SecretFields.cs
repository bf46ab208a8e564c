using System.Text.Json;
using System.Text.Json.Nodes;

namespace EcosystemSilo.Gateway.Operations;

/// <summary>
/// Hides what grains keep of secrets: what is sealed under a key, and hashes that stand for one. Nobody needs to read
/// them, and whoever has both a state and the key could.
/// </summary>
internal static class SecretFields
{
    private const string Hidden = "•••";

    private static readonly string[] Endings = ["sealed", "hash", "secret", "token", "tokens", "replaced"];

    public static JsonElement Mask(JsonElement state) =>
        Mask(JsonNode.Parse(state.GetRawText()), isSecret: false) is { } masked
            ? JsonSerializer.SerializeToElement(masked)
            : state;

    private static JsonNode? Mask(JsonNode? node, bool isSecret)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var (name, value) in members.ToList())
                {
                    members[name] = Mask(value, IsSecret(name))?.DeepClone();
                }

                return members;
            case JsonArray elements:
                for (var i = 0; i < elements.Count; i++)
                {
                    elements[i] = Mask(elements[i], isSecret)?.DeepClone();
                }

                return elements;
            default:
                return isSecret && node is not null ? Hidden : node;
        }
    }

    private static bool IsSecret(string name) =>
        Endings.Any(ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
}
