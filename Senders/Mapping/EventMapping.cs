using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Sources;
using EcosystemSilo.Senders.Json;
using EcosystemSilo.Senders.Schemes;

namespace EcosystemSilo.Senders.Mapping;

/// <summary>What an event of a sender means here.</summary>
public abstract record Meaning;

/// <summary>One command to one grain.</summary>
public sealed record Mapped(GrainKey Target, ICommand Command) : Meaning;

/// <summary>The type is known, but the event, or the source's mapping, lacks something: a dead letter.</summary>
public sealed record Unmappable(Refusal Reason) : Meaning;

/// <summary>Nothing is mapped to the type: accepted, counted and shown.</summary>
public sealed record UnknownType : Meaning
{
    public static UnknownType Instance { get; } = new();
}

/// <summary>
/// Turns a sender's events into commands: our own event types for every scheme, HubSpot's and referrals by the mapping.
/// </summary>
public static class EventMapping
{
    /// <summary>What an event means, as far as the source may do it.</summary>
    public static Meaning Map(EcosystemId ecosystem, SourceView source, InboundEvent inbound) =>
        Read(ecosystem, source, inbound) is var meaning
        && meaning is Mapped mapped
        && SourceRights.Check(source, mapped.Command) is { } refusal
            ? new Unmappable(refusal)
            : meaning;

    private static Meaning Read(EcosystemId ecosystem, SourceView source, InboundEvent inbound)
    {
        if (NativeEvents.Find(inbound.Type) is { } native)
        {
            return ReadData(inbound, fields => native(ecosystem, fields));
        }

        if (FhirReferrals.Knows(source, inbound))
        {
            return ReadData(inbound, fields => FhirReferrals.Map(ecosystem, source.Mapping, fields));
        }

        return HubSpotDeals.Knows(inbound.Type)
            ? ReadData(inbound, fields => HubSpotDeals.Map(ecosystem, source.Mapping, fields))
            : UnknownType.Instance;
    }

    /// <summary>What was read counts only if no field was at fault.</summary>
    private static Meaning ReadData(InboundEvent inbound, Func<Fields, Meaning> map)
    {
        if (inbound.Data.ValueKind != System.Text.Json.JsonValueKind.Object)
        {
            return new Unmappable(new Refusal(Refusals.MappingInvalid, "The event's data must be an object.", "data"));
        }

        var fields = Fields.OfOpen(inbound.Data);
        var meaning = map(fields);
        return fields.Finish() is { } wrong ? new Unmappable(wrong.First) : meaning;
    }
}
