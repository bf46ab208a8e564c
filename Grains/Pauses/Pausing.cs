using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Pauses;

namespace EcosystemSilo.Grains.Pauses;

/// <summary>
/// What a pause means, for grains of every kind alike: it is decided before the grain's own rules are asked, and no
/// decider knows of it.
/// </summary>
public static class Pausing
{
    /// <summary>Why a paused grain does not handle a command; null when it does, or is not paused.</summary>
    public static Refusal? Forbid(GrainPause? pause, ICommand command, GrainKey key) =>
        pause is null || command is PauseGrain or ResumeGrain or IDespitePause { IsDespitePause: true }
            ? null
            : new Refusal(
                Refusals.GrainPaused,
                $"The {key.Kind} '{key.Id}' was paused by {pause.By} at {pause.At:yyyy-MM-dd HH:mm:ss}Z: {pause.Reason}. "
                    + "It can be read. An ecosystem-admin resumes it with POST "
                    + $"/api/{key.Ecosystem}/operations/grains/{key.Kind}/{Uri.EscapeDataString(key.Id)}/resume; "
                    + "then send this again."
            );

    /// <summary>What follows from a command that pauses or resumes; null for every other command.</summary>
    /// <param name="pause">The pause in force.</param>
    /// <param name="exists">Whether the grain has events.</param>
    public static Decision? Decide(GrainPause? pause, bool exists, ICommand command, DecisionContext context) =>
        (command, pause) switch
        {
            (PauseGrain or ResumeGrain, _) when !exists => Decision.Refuse(Refusals.Missing(context.Key)),
            (PauseGrain c, null) => Decision.Accept(new GrainPaused(c.Reason, context.Actor, context.Now)),
            (ResumeGrain, not null) => Decision.Accept(new GrainResumed(context.Actor, context.Now)),
            (PauseGrain or ResumeGrain, _) => Decision.Nothing,
            _ => null,
        };

    public static GrainPause? Apply(GrainPause? pause, IPauseEvent happened) =>
        happened switch
        {
            GrainPaused e => new GrainPause(e.Reason, e.By, e.At),
            GrainResumed => null,
            _ => throw new InvalidOperationException($"{happened.GetType().Name} is not known of a pause."),
        };
}
