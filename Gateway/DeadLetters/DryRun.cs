using EcosystemSilo.Gateway.Http;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Deliveries;
using EcosystemSilo.Grains.Interfaces.Sources;
using EcosystemSilo.Senders.Intake;
using EcosystemSilo.Senders.Mapping;

namespace EcosystemSilo.Gateway.DeadLetters;

/// <summary>What a replay of a dead letter would do, with the mapping as it is now.</summary>
/// <param name="Target">The grain that it would reach; left out when it cannot be mapped.</param>
/// <param name="Command">The command that it would be there.</param>
/// <param name="Version">The version of the grain that this was decided on; 0 for one that would be new.</param>
/// <param name="Refusal">Why it would fail again; left out when it would take effect.</param>
/// <param name="Events">What would happen, in words. What follows at other grains is not among it.</param>
/// <param name="Changes">What would be different in the grain's state.</param>
public sealed record DryRunResponse(
    DeliveryId Id,
    string? Target,
    string? Command,
    long Version,
    Refusal? Refusal,
    IReadOnlyList<string> Events,
    IReadOnlyList<StateChange> Changes
)
{
    public static DryRunResponse Refused(GrainKey letter, Refusal refusal) =>
        new(new DeliveryId(letter.Id), Target: null, Command: null, Version: 0, refusal, [], []);
}

/// <summary>Maps dead letters as a replay would, and rehearses their commands. Nothing is changed by it.</summary>
internal sealed class DryRun(IGrains grains, DeliveryIntake intake, KeptEvents events, IRehearsal rehearsal)
{
    /// <summary>Null when there is no such letter.</summary>
    public async Task<DryRunResponse?> Try(GrainKey key, Exchange exchange)
    {
        if (
            await grains.Read<DeliveryView>(key, ReadAt.Newest, exchange.Aborted) is not { View: var letter }
            || letter.Event is not { } sent
        )
        {
            return null;
        }

        var sourceKey = SourceKey.Of(key.Ecosystem, letter.Source);
        if (await exchange.Find<SourceView>(sourceKey) is not { } source)
        {
            return DryRunResponse.Refused(key, Refusals.Missing(sourceKey));
        }

        if (await events.Open(key.Ecosystem, sent, exchange.Aborted) is not { } kept)
        {
            return DryRunResponse.Refused(key, DeadLetterReplay.Gone());
        }

        var inbound = DeadLetterReplay.ToInbound(sent, kept);
        switch (await intake.Understand(key.Ecosystem, source, inbound, exchange.Aborted))
        {
            case Mapped mapped:
                var actor = SourceKey.Actor(letter.Source);
                var rehearsed = await rehearsal.Rehearse(mapped.Target, mapped.Command, actor, exchange.Aborted);
                return new DryRunResponse(
                    new DeliveryId(key.Id),
                    $"{mapped.Target}",
                    Wire.Of(mapped.Command).Name,
                    rehearsed.Version,
                    rehearsed.Refusal,
                    rehearsed.Events,
                    rehearsed.Changes
                );
            case Unmappable unmappable:
                return DryRunResponse.Refused(key, unmappable.Reason);
            default:
                return DryRunResponse.Refused(key, DeadLetterReplay.NothingMapped(sent));
        }
    }
}
