using System.Text.Json;
using System.Text.Json.Nodes;
using EcosystemSilo.Gateway.Auth;
using EcosystemSilo.Grains.Interfaces.ApiKeys;
using EcosystemSilo.Grains.Interfaces.Lists;

namespace EcosystemSilo.Gateway.Timelines;

/// <summary>Leaves of an entry what its reader may see.</summary>
internal static class ShownEntry
{
    public static TimelineEntry To(Caller caller, TimelineEntry entry)
    {
        var fields = TimelineFields.Of(entry.Event);
        var isPartner = caller.Role == Role.Partner;
        IEnumerable<string> paths =
        [
            .. fields.Everybody,
            .. isPartner ? [] : fields.Staff,
            .. Policies.Roles[Policies.SeePeople].Contains(caller.Role) ? fields.People : [],
        ];
        var shown = entry with { Data = Pick(entry.Data, [.. paths.Select(path => path.Split('.'))]) };
        // A partner learns of others whether a key, a person or a source acted, and not which.
        return isPartner && entry.Actor != caller.Subject
            ? shown with
            {
                Actor = entry.Actor.Split(':')[0],
                Correlation = "",
            }
            : shown;
    }

    private static JsonElement Pick(JsonElement data, IReadOnlyList<string[]> paths) =>
        JsonSerializer.SerializeToElement(Pick(data, paths, depth: 0));

    private static JsonNode? Pick(JsonElement value, IReadOnlyList<string[]> paths, int depth)
    {
        if (paths.Any(path => path.Length == depth))
        {
            return JsonNode.Parse(value.GetRawText());
        }

        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                var members = new JsonObject();
                foreach (var member in value.EnumerateObject())
                {
                    var inside = paths.Where(path => path[depth] == member.Name).ToList();
                    if (inside.Count > 0)
                    {
                        members[member.Name] = Pick(member.Value, inside, depth + 1);
                    }
                }

                return members;
            case JsonValueKind.Array:
                return new JsonArray([.. value.EnumerateArray().Select(element => Pick(element, paths, depth))]);
            default:
                return null;
        }
    }
}
