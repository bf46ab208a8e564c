using System.Collections.Frozen;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Reactions;
using EcosystemSilo.Journal;
using EcosystemSilo.Silo.Leases;
using Microsoft.Extensions.Logging;

namespace EcosystemSilo.Silo.Reactions;

/// <summary>Follows the journal and sends the commands that events give rise to.</summary>
internal sealed class ReactionRunner(
    IJournal journal,
    IGrains grains,
    IReadOnlyList<Reaction> reactions,
    LeaseHolder leases,
    TimeProvider clock,
    SiloMetrics metrics,
    ILogger<ReactionRunner> logger
) : LeasedReader(Reader, journal, leases, clock, metrics, logger)
{
    private const string Reader = "reactions";

    private readonly FrozenDictionary<string, Reaction[]> _byEvent = reactions
        .SelectMany(reaction => reaction.On.Select(type => (Wire.Of(type).Name, reaction)))
        .GroupBy(pair => pair.Name, pair => pair.reaction, StringComparer.Ordinal)
        .ToFrozenDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);

    private readonly FollowUpSender _sender = new(Reader, grains, clock, metrics, logger);

    /// <summary>Follow-ups to one grain keep the order of their events; different grains go at the same time.</summary>
    protected override Task Follow(IReadOnlyList<RecordedEvent> events, CancellationToken over) =>
        _sender.SendAll(events.SelectMany(FollowUpsOf), sending => sending.FollowUp.Target, over);

    /// <summary>
    /// The follow-ups of one event. Their ids name the event, the target and the command, so that a reaction added
    /// later does not change the ids of the others.
    /// </summary>
    private IReadOnlyList<Sending> FollowUpsOf(RecordedEvent recorded)
    {
        if (!_byEvent.TryGetValue(recorded.Name, out var interested))
        {
            return [];
        }

        var key = GrainKey.Parse(recorded.Grain);
        var happened = GrainCodec.Decode(recorded);
        var sendings = new List<Sending>();
        foreach (var followUp in interested.SelectMany(reaction => reaction.React(key, happened)))
        {
            var stem = Sending.Stem(recorded, followUp);
            var twins = sendings.Count(other => other.Id.StartsWith($"{stem}/", StringComparison.Ordinal));
            sendings.Add(new Sending(followUp, recorded, $"{stem}/{twins}"));
        }

        return sendings;
    }
}
