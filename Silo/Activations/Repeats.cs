using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Journal;

namespace EcosystemSilo.Silo.Activations;

/// <summary>What a command is told whose id was committed before.</summary>
internal static class Repeats
{
    public static Refused Reused { get; } =
        new(
            new Refusal(
                Refusals.IdReused,
                "This id was used before for another request; send a new request under a new id."
            )
        );

    public static Reply Answer(AppendResult result) =>
        result.Outcome == AppendOutcome.Repeated
            ? new Accepted(GrainKey.Parse(result.Grain), result.Version, Repeated: true)
            : Reused;

    /// <summary>What a command is told that came while the first of its id was under way.</summary>
    public static Reply Answer(Accepted first, bool isSame) => isSame ? first with { Repeated = true } : Reused;

    /// <summary>The first answer of a command that was committed before; null when it was not.</summary>
    public static async Task<Reply?> Find(IJournal journal, Turn turn)
    {
        var entry = await journal.FindCommand(turn.Ask.Scope, turn.Ask.Id, CancellationToken.None);
        return entry switch
        {
            null => null,
            _ when entry.Hash.Span.SequenceEqual(turn.Hash) => new Accepted(
                GrainKey.Parse(entry.Grain),
                entry.Version,
                Repeated: true
            ),
            _ => Reused,
        };
    }
}
