using System.Text.Json.Nodes;

namespace EcosystemSilo.Tests.Webhooks.Payloads;

/// <summary>Spoils a JSON document in one to four places, always the same for a seed.</summary>
internal static class JsonMutations
{
    private static readonly string[] Replacements =
    [
        "null",
        "true",
        "-1",
        "0",
        "0.5",
        "1e308",
        "-1e308",
        "9223372036854775807",
        "1769900400000000",
        "\"61\"",
        "\"NaN\"",
        "\"\"",
        "\"9999-12-31T23:59:59-14:00\"",
        "\"0001-01-01T00:00:00+14:00\"",
        "\"2026-02-30T25:61:61+99:99\"",
        "\"2026-01-02T03:04:05\\u002B01:00\"",
        "\"2026-01-02\"",
        "\"\\u00e9\\u0007 text\"",
        "[]",
        "{}",
        "[[[[[[[[{\"value\":1}]]]]]]]]",
        "{\"a\":{\"b\":{\"c\":{\"d\":[1]}}}}",
    ];

    public static string Of(string json, int seed)
    {
        var chance = new Random(seed);
        var root = JsonNode.Parse(json)!;
        for (var times = chance.Next(1, 5); times > 0; times--)
        {
            var places = Places(root).ToList();
            if (places.Count > 0)
            {
                Spoil(places[chance.Next(places.Count)], chance);
            }
        }

        return root.ToJsonString();
    }

    private static void Spoil(JsonNode place, Random chance)
    {
        var replacement = JsonNode.Parse(Replacements[chance.Next(Replacements.Length)]);
        switch (place)
        {
            case JsonObject members when members.Count > 0:
                var name = members.ElementAt(chance.Next(members.Count)).Key;
                if (chance.Next(3) == 0)
                {
                    members.Remove(name);
                }
                else
                {
                    members[name] = replacement;
                }

                break;
            case JsonArray items when items.Count > 0:
                if (chance.Next(3) == 0)
                {
                    items.Add(items[chance.Next(items.Count)]?.DeepClone());
                }
                else
                {
                    items[chance.Next(items.Count)] = replacement;
                }

                break;
        }
    }

    private static IEnumerable<JsonNode> Places(JsonNode? node) =>
        node switch
        {
            JsonObject members => members.Select(member => member.Value).SelectMany(Places).Prepend(members),
            JsonArray items => items.SelectMany(Places).Prepend(items),
            _ => [],
        };
}
