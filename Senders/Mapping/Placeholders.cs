using EcosystemSilo.Senders.Json;

namespace EcosystemSilo.Senders.Mapping;

/// <summary>The values of an event that a mapping's texts may name in braces, such as <c>{objectId}</c>.</summary>
internal sealed class Placeholders
{
    private readonly List<KeyValuePair<string, string>> _values = [];

    /// <summary>Takes the named fields, which may be numbers or texts; absent ones stay unfilled.</summary>
    public static Placeholders Of(Fields data, params IEnumerable<string> names)
    {
        var placeholders = new Placeholders();
        foreach (var name in names)
        {
            if (data.OptionalScalar(name, FieldLimits.NameLengthMax) is { } value)
            {
                placeholders._values.Add(new($"{{{name}}}", value));
            }
        }

        return placeholders;
    }

    public string? Fill(string? text) =>
        text is null
            ? null
            : _values.Aggregate(
                text,
                (filled, value) => filled.Replace(value.Key, value.Value, StringComparison.Ordinal)
            );
}
