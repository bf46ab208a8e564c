using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Enrolments;
using EcosystemSilo.Grains.Interfaces.Pauses;
using EcosystemSilo.Grains.Interfaces.People;

namespace EcosystemSilo.Tests.Simulation.Judging;

/// <summary>
/// Pauses: a paused grain does not act, and what follows for a grain comes in order, whatever had to wait. That nothing
/// is lost shows where follow-ups and deadlines are judged anyway.
/// </summary>
internal sealed partial class Judgement
{
    /// <summary>What the law asks for happens all the same.</summary>
    private static readonly HashSet<string> DespitePause =
    [
        "person.consent-withdrawn",
        "person.stream-permission-changed",
        "person.programs-left",
        "person.erased",
        "stream.flow-stopped",
        "stream.deregistration-requested",
        "enrolment.withdrawn",
    ];

    private readonly Dictionary<string, List<(JournalRow From, JournalRow? To)>> _pauses = new(StringComparer.Ordinal);

    private static bool IsOfPause(JournalRow row) => row.Name is "grain.paused" or "grain.resumed";

    private void FoldPause(JournalRow row)
    {
        if (!_pauses.TryGetValue(row.Grain, out var pauses))
        {
            _pauses.Add(row.Grain, pauses = []);
        }

        var isPaused = pauses is [.., (_, null)];
        switch (row.Name)
        {
            case "grain.paused" when !isPaused:
                pauses.Add((row, null));
                break;
            case "grain.resumed" when isPaused:
                pauses[^1] = (pauses[^1].From, row);
                break;
            case "grain.paused" or "grain.resumed":
                _report($"promise 2: {row} happens for the second time");
                break;
            case var name when isPaused && !DespitePause.Contains(name):
                _report($"promise 3: {row} happens to a grain that is paused since {pauses[^1].From}");
                break;
        }
    }

    /// <summary>Follow-ups are named by the events that they follow from.</summary>
    private void JudgeFollowUps()
    {
        foreach (var history in ByGrain.Where(rows => rows.First().Kind is not ("endpoint" or "notification")))
        {
            var last = 0L;
            foreach (var row in history)
            {
                if (!long.TryParse(row.Command.Split('/')[0], out var cause))
                {
                    continue;
                }

                if (cause < last)
                {
                    _report($"promise 4: {row} follows from position {cause}, and came after what follows from {last}");
                }

                last = Math.Max(last, cause);
            }
        }
    }

    /// <summary>How much of a time a grain was paused.</summary>
    private TimeSpan PausedBetween(string grain, DateTimeOffset? from, DateTimeOffset to) =>
        from is { } since && _pauses.TryGetValue(grain, out var pauses)
            ? new TimeSpan(
                pauses.Sum(pause =>
                {
                    var begin = pause.From.At > since ? pause.From.At : since;
                    var end = pause.To is { } resumed && resumed.At < to ? resumed.At : to;
                    return Math.Max(0, (end - begin).Ticks);
                })
            )
            : TimeSpan.Zero;

    /// <summary>Whether a pause was in force at a version of a grain.</summary>
    private bool IsPausedAt(string grain, long version) =>
        _pauses.TryGetValue(grain, out var pauses)
        && pauses.Exists(pause => pause.From.Version <= version && (pause.To?.Version ?? long.MaxValue) > version);

    private static bool PassesPause(ICommand command) =>
        command is PauseGrain or ResumeGrain or WithdrawConsent or ErasePerson or WithdrawEnrolment;
}
