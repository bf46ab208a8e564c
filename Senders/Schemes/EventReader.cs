using System.Text.Json;

namespace EcosystemSilo.Senders.Schemes;

/// <summary>Reads the members of one event and remembers the first that is at fault.</summary>
internal sealed class EventReader(JsonElement element, string path)
{
    private Rejected? _fault;

    /// <summary>A required text, or a whole number as it is written: others' ids come as either.</summary>
    public string Scalar(string name)
    {
        if (OptionalScalar(name) is { } value)
        {
            return value;
        }

        _fault ??= Rejections.BodyMalformed($"{path}.{name}", $"{EventFields.TypeExpected}, or a whole number");
        return "";
    }

    /// <summary>Null when it is absent, null, or neither a short text nor a whole number.</summary>
    public string? OptionalScalar(string name) =>
        !element.TryGetProperty(name, out var value) ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _) ? value.GetRawText()
        : EventFields.TryReadType(element, name, out var text) ? text
        : null;

    /// <summary>An RFC 3339 time that may be absent.</summary>
    public DateTimeOffset? Time(string name)
    {
        if (!EventFields.TryReadTime(element, name, out var time))
        {
            _fault ??= Rejections.BodyMalformed($"{path}.{name}", "a time as in RFC 3339");
        }

        return time;
    }

    /// <summary>A time in units since 1970 that may be absent.</summary>
    public DateTimeOffset? UnixTime(string name, TimeSpan unit)
    {
        if (!EventFields.TryReadUnixTime(element, name, unit, out var time))
        {
            var units = unit == TimeSpan.FromSeconds(1) ? "seconds" : "milliseconds";
            _fault ??= Rejections.BodyMalformed($"{path}.{name}", $"a time in Unix {units}");
        }

        return time;
    }

    /// <summary>One id of the members named; absent ones stand empty.</summary>
    public string Id(params IEnumerable<string> names) =>
        EventFields.JoinId(':', names.Select(name => OptionalScalar(name) ?? ""));

    /// <summary>The event, or what is wrong with it.</summary>
    /// <param name="ignored">A member that a retry changes.</param>
    public Rejected? Finish(
        string id,
        string type,
        DateTimeOffset? occurredAt,
        out InboundEvent read,
        string? ignored = null
    )
    {
        read = new InboundEvent(id, type, occurredAt, element, ContentHash.Of(element, ignored));
        return _fault;
    }
}
