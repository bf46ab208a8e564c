using System.Collections.Concurrent;
using System.Text;
using EcosystemSilo.Journal;

namespace EcosystemSilo.LoadTests.Chaos.Hooks;

/// <summary>Mistakes that such services make, put into the product to see whether the audit finds them.</summary>
internal enum Bug
{
    /// <summary>An append is answered as committed a moment before it is.</summary>
    AcknowledgeBeforeCommit,

    /// <summary>An append of which nothing was heard in time is committed later, behind the newest.</summary>
    SkipVersionCheck,

    /// <summary>A command that was committed before is committed again.</summary>
    SkipDedupe,

    /// <summary>The two events of a command are stored in the wrong order.</summary>
    SwapEvents,

    /// <summary>A deadline is not stored.</summary>
    DropDeadline,

    /// <summary>The reader behind the reactions misses an event.</summary>
    SkipPosition,

    /// <summary>The rows of some partners are not saved.</summary>
    LoseRow,

    /// <summary>The same id with another body passes for a repeat.</summary>
    IgnoreBody,
}

/// <summary>A journal with a bug in it.</summary>
internal class PlantedBug : InterceptedJournal
{
    private const int EveryNth = 7;
    private const string ItemAskedForTwice = "master-agreement";

    /// <summary>What the runner of reactions asks for; the read models ask for more.</summary>
    private const int EventsPerReadOfReactions = 512;

    private static readonly TimeSpan CommitDelay = TimeSpan.FromMilliseconds(300);

    private readonly BlockingCollection<(Append Append, long Since)> _delayed = [];

    /// <summary>By grain, what is committed as soon as somebody else has committed the same.</summary>
    private readonly ConcurrentDictionary<string, Append> _late = new(StringComparer.Ordinal);
    private Bug _bug;
    private int _count;

    public static IJournal In(IJournal journal, Bug bug)
    {
        var planted = Create<IJournal, PlantedBug>();
        var self = (PlantedBug)(object)planted;
        (self.Inner, self._bug) = (journal, bug);
        if (bug == Bug.AcknowledgeBeforeCommit)
        {
            _ = Task.Run(self.CommitLate);
        }

        return planted;
    }

    protected override Task<AppendResult> OnAppend(Append append, CancellationToken stop) =>
        _bug switch
        {
            Bug.AcknowledgeBeforeCommit when IsCallers(append) => Task.FromResult(AcknowledgeEarly(append)),
            Bug.SkipVersionCheck when Completes(append, ItemAskedForTwice) => CommitBehindTheNewest(append, stop),
            Bug.SkipDedupe when IsCallers(append) => CommitAgain(append, stop),
            Bug.SwapEvents when append.Events.Count == 2 && IsNth() => Inner.Append(
                append with
                {
                    Events = [append.Events[1], append.Events[0]],
                },
                stop
            ),
            Bug.DropDeadline when append.Deadlines.Any(change => change.Due is not null) && IsNth() => Inner.Append(
                append with
                {
                    Deadlines = [],
                },
                stop
            ),
            Bug.IgnoreBody => PassForRepeat(append, stop),
            _ => Inner.Append(append, stop),
        };

    protected override Task<bool> OnSave(ReaderProgress progress, CancellationToken stop) =>
        Inner.SaveReader(
            _bug == Bug.LoseRow
                ? progress with
                {
                    Rows = [.. progress.Rows.Where(row => !IsToBeLost(row.Key))],
                }
                : progress,
            stop
        );

    protected override async Task<IReadOnlyList<RecordedEvent>> OnReadAll(long after, int max, CancellationToken stop)
    {
        var events = await Inner.ReadAll(after, max, stop);
        return _bug == Bug.SkipPosition && max == EventsPerReadOfReactions
            ? [.. events.Where(e => e.Name != "deal.registered" || !IsChosen(e.Grain))]
            : events;
    }

    private AppendResult AcknowledgeEarly(Append append)
    {
        _delayed.Add((append, TimeProvider.System.GetTimestamp()));
        var version = append.ExpectedVersion + append.Events.Count;
        return new AppendResult(AppendOutcome.Committed, append.Grain, version, Position: 0);
    }

    private async Task CommitLate()
    {
        foreach (var (append, since) in _delayed.GetConsumingEnumerable())
        {
            var left = CommitDelay - TimeProvider.System.GetElapsedTime(since);
            await Task.Delay(left > TimeSpan.Zero ? left : TimeSpan.Zero, TimeProvider.System);
            _ = Inner.Append(append, CancellationToken.None);
        }
    }

    /// <summary>The sender hears nothing; when a caller has done the same, the sender's comes after all.</summary>
    private async Task<AppendResult> CommitBehindTheNewest(Append append, CancellationToken stop)
    {
        if (IsSenders(append))
        {
            _late[append.Grain] = append;
            throw new JournalUnavailableException("The journal did not confirm the append in time.");
        }

        var result = await Inner.Append(append, stop);
        if (result.Outcome == AppendOutcome.Committed && _late.TryRemove(append.Grain, out var late))
        {
            await Inner.Append(late with { ExpectedVersion = result.Version, Chain = null }, stop);
        }

        return result;
    }

    private async Task<AppendResult> CommitAgain(Append append, CancellationToken stop)
    {
        var result = await Inner.Append(append with { Chain = null }, stop);
        if (result.Outcome != AppendOutcome.Repeated)
        {
            return result;
        }

        var stamp = append.Command with { Scope = $"{append.Command.Scope}~{Interlocked.Increment(ref _count)}" };
        return await Inner.Append(append with { Command = stamp, Chain = null }, stop);
    }

    private async Task<AppendResult> PassForRepeat(Append append, CancellationToken stop)
    {
        var result = await Inner.Append(append, stop);
        if (result.Outcome != AppendOutcome.IdReused)
        {
            return result;
        }

        var first = await Inner.FindCommand(append.Command.Scope, append.Command.Id, stop);
        return new AppendResult(AppendOutcome.Repeated, first!.Grain, first.Version, Position: 0);
    }

    /// <summary>Some partners, whom a board shows.</summary>
    private static bool IsToBeLost(string row) => row.Contains("/partner/", StringComparison.Ordinal) && IsChosen(row);

    /// <summary>The same ones whenever they are read: what is counted would be another after a restart.</summary>
    private static bool IsChosen(string grain) => grain.EndsWith('7');

    private bool IsNth() => Interlocked.Increment(ref _count) % EveryNth == 0;

    /// <summary>A caller's command; the stage itself, the source, is left alone.</summary>
    private static bool IsCallers(Append append) =>
        !append.Grain.Contains("/source/", StringComparison.Ordinal)
        && (IsSenders(append) || append.Command.Scope.Contains("/caller/", StringComparison.Ordinal));

    private static bool IsSenders(Append append) => append.Command.Scope.Contains("/source/", StringComparison.Ordinal);

    private static bool Completes(Append append, string item) =>
        append.Events.Any(e =>
            e.Name == "lifecycle.item-completed"
            && Encoding.UTF8.GetString(e.Payload.Span).Contains(item, StringComparison.Ordinal)
        );
}
