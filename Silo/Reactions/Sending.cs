using System.Globalization;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Reactions;
using EcosystemSilo.Journal;

namespace EcosystemSilo.Silo.Reactions;

/// <summary>What a follow-up carries on of the event that it follows from.</summary>
internal readonly record struct Cause(long Position, string Actor, string Correlation)
{
    public static Cause Of(RecordedEvent recorded) => new(recorded.Position, recorded.Actor, recorded.Correlation);
}

/// <summary>A follow-up on its way.</summary>
/// <param name="Id">Names event, target and command, so that a repeat is recognised.</param>
internal sealed record Sending(FollowUp FollowUp, Cause Cause, string Id)
{
    public static string Stem(RecordedEvent cause, FollowUp followUp) =>
        $"{cause.Position}/{followUp.Target}/{Wire.Of(followUp.Command).Name}";

    /// <summary>Whether something happened because of an event, and not because somebody asked for it.</summary>
    public static bool IsFollowUp(RecordedEvent happened)
    {
        var id = happened.CommandId.AsSpan();
        var end = id.IndexOf('/');
        return end > 0
            && long.TryParse(id[..end], CultureInfo.InvariantCulture, out _)
            && id[(end + 1)..].StartsWith($"{happened.Grain}/", StringComparison.Ordinal);
    }

    /// <summary>What is sent instead, when this is refused for good.</summary>
    public Sending Otherwise(Refusal refusal) =>
        this with
        {
            FollowUp = FollowUp.IfRefused!(refusal),
            Id = $"{Id}.refused",
        };
}

/// <summary>A lane that came to a stop.</summary>
/// <param name="Left">What was not delivered, in order.</param>
/// <param name="WaitsFor">The grain that is paused; null when one could not be reached.</param>
internal sealed record StuckLane(IReadOnlyList<Sending> Left, GrainKey? WaitsFor);
