using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Accounts;
using EcosystemSilo.Grains.Interfaces.Deals;
using EcosystemSilo.Grains.Interfaces.Deliveries;
using EcosystemSilo.Grains.Interfaces.WearableStreams;
using EcosystemSilo.Silo.Reactions;

namespace EcosystemSilo.Silo.Projections;

/// <summary>What became of one source's deliveries, as far as the journal tells.</summary>
/// <param name="Id">The source's id.</param>
/// <param name="LastCommand">
/// Grain and id of the command counted last. A command's events stand side by side in the journal, so that this is
/// enough to count commands instead of events.
/// </param>
/// <param name="Position">Of the event counted last; one at or before it is a repeat.</param>
internal sealed record CountsRow(
    string Id,
    long Position,
    string? LastCommand,
    long Applied,
    long Received,
    long Ignored,
    long DeadLettered,
    long Refused = 0
)
{
    public const string Kind = "source-counts";

    private const string ActorPrefix = "source:";

    /// <summary>The source that an event is to be counted for, if any.</summary>
    public static string? SourceOf(Fact fact, DeliveryRow? delivery) =>
        fact.Body switch
        {
            DeliveryReceived e => e.Source.Value,
            DeliveryIgnored e => e.Source.Value,
            DeliveryBuried e => e.Source.Value,
            DeliveryRefused e => e.Source.Value,
            DeliveryReplayed => delivery?.Card.Source.Value,
            _ when fact.Grain.Kind is DeliveryKey.Kind or AccountKey.Kind || IsAnswer(fact.Body) => null,
            _ when !fact.Recorded.Actor.StartsWith(ActorPrefix, StringComparison.Ordinal) => null,
            // It keeps the actor of its cause.
            _ when Sending.IsFollowUp(fact.Recorded) => null,
            _ => fact.Recorded.Actor[ActorPrefix.Length..],
        };

    /// <param name="before">The status of the delivery that the fact is about, before it.</param>
    public static CountsRow Fold(CountsRow? row, string source, Fact fact, DeliveryStatus? before)
    {
        row ??= new CountsRow(source, 0, null, 0, 0, 0, 0);
        return fact.Position <= row.Position
            ? row
            : fact.Body switch
            {
                DeliveryReceived => row with { Position = fact.Position, Received = row.Received + 1 },
                DeliveryIgnored => row with { Position = fact.Position, Ignored = row.Ignored + 1 },
                DeliveryBuried => row with { Position = fact.Position, DeadLettered = row.DeadLettered + 1 },
                DeliveryRefused or SamplesRefused => row with { Position = fact.Position, Refused = row.Refused + 1 },
                DeliveryReplayed when before == DeliveryStatus.Ignored => row with
                {
                    Position = fact.Position,
                    Ignored = row.Ignored - 1,
                },
                DeliveryReplayed => row with { Position = fact.Position, DeadLettered = row.DeadLettered - 1 },
                _ => Apply(row, fact),
            };
    }

    /// <summary>
    /// The account's answers to a deal are follow-ups, too. Early builds named those otherwise, and their journals may
    /// be folded anew.
    /// </summary>
    private static bool IsAnswer(IEvent body) =>
        body is DealProtected or DealQueued or DealProtectionEnded or DealRejected;

    private static CountsRow Apply(CountsRow row, Fact fact)
    {
        var command = $"{fact.Recorded.Grain} {fact.Recorded.CommandId}";
        return row with
        {
            Position = fact.Position,
            LastCommand = command,
            Applied = command == row.LastCommand ? row.Applied : row.Applied + 1,
        };
    }
}
