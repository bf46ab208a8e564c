using System.Text.Json;
using System.Text.Json.Nodes;
using EcosystemSilo.Gateway.DeadLetters;

namespace EcosystemSilo.Gateway.Operations;

/// <summary>
/// Hides what grains keep of secrets: what is sealed under a key, and hashes that stand for one. Nobody needs to read
/// them, and whoever has both a state and the key could.
/// </summary>
internal static class SecretFields
{
    private static readonly string[] Endings = ["sealed", "hash", "secret", "token", "tokens", "replaced"];

    public static JsonElement Mask(JsonElement state)
    {
        if (JsonNode.Parse(state.GetRawText()) is not { } masked)
        {
            return state;
        }

        Hide(masked, isSecret: false);
        return JsonSerializer.SerializeToElement(masked);
    }

    /// <summary>An array is as secret as its name; what is in an object has names of its own.</summary>
    private static void Hide(JsonNode node, bool isSecret)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var (name, value) in members.ToList())
                {
                    if (value is JsonValue && IsSecret(name))
                    {
                        members[name] = PersonalFields.Hidden;
                    }
                    else if (value is not null)
                    {
                        Hide(value, IsSecret(name));
                    }
                }

                break;
            case JsonArray elements:
                for (var i = 0; i < elements.Count; i++)
                {
                    if (elements[i] is JsonValue && isSecret)
                    {
                        elements[i] = PersonalFields.Hidden;
                    }
                    else if (elements[i] is { } element)
                    {
                        Hide(element, isSecret);
                    }
                }

                break;
        }
    }

    private static bool IsSecret(string name) =>
        Endings.Any(ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
}
