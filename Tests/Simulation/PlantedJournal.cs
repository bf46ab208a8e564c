using System.Reflection;
using EcosystemSilo.Journal;

namespace EcosystemSilo.Tests.Simulation;

/// <summary>Bugs that such services have, for the simulation to find.</summary>
public enum PlantedBug
{
    AcknowledgeBeforeCommit,
    ForgetCommandIds,
    ForgetCommandIdsOfOthers,
    IgnoreVersions,
    RefuseByOldState,
    SwapEvents,
    DropDeadlines,
    DeliverDeadlinesEarly,
    SkipPositions,
    SaveCheckpointsAhead,
    ForgetParkedFollowUps,
    KeepDeadlinesParked,
}

/// <summary>A journal with a bug: it passes everything on, and changes what the bug is about now and then.</summary>
internal class PlantedJournal : DispatchProxy
{
    /// <summary>How often the bug shows: in one of so many calls.</summary>
    private const int OneIn = 25;

    /// <summary>More than clocks differ.</summary>
    private static readonly TimeSpan Early = TimeSpan.FromHours(36);

    private IJournal _journal = null!;
    private PlantedBug _bug;
    private Random _luck = null!;
    private int _slot;
    private int _calls;

    public static Func<IJournal, int, IJournal> With(PlantedBug bug, int seed)
    {
        var luck = new Random(seed);
        return (journal, slot) =>
        {
            var planted = Create<IJournal, PlantedJournal>();
            var proxy = (PlantedJournal)(object)planted;
            (proxy._journal, proxy._slot, proxy._bug, proxy._luck) = (journal, slot, bug, luck);
            return planted;
        };
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var method = targetMethod!.Name;
        return (_bug, method) switch
        {
            (PlantedBug.AcknowledgeBeforeCommit, nameof(IJournal.Append)) => AcknowledgeBeforeCommit((Append)args![0]!),
            (PlantedBug.ForgetCommandIds, nameof(IJournal.Append)) => Append(ForgetId((Append)args![0]!)),
            (PlantedBug.ForgetCommandIds, nameof(IJournal.FindCommand)) => Task.FromResult<InboxEntry?>(null),
            (PlantedBug.ForgetCommandIdsOfOthers, nameof(IJournal.Append)) => Append(OwnId((Append)args![0]!)),
            (PlantedBug.ForgetCommandIdsOfOthers, nameof(IJournal.FindCommand)) => Pass(
                targetMethod,
                [Own((string)args![0]!), .. args.AsSpan(1)]
            ),
            // Whoever wants one event behind those it knows asks whether it is behind.
            (PlantedBug.RefuseByOldState, nameof(IJournal.ReadGrain)) when args![2] is 1 => Task.FromResult<
                IReadOnlyList<RecordedEvent>
            >([]),
            (PlantedBug.IgnoreVersions, nameof(IJournal.Append)) => IgnoreVersion((Append)args![0]!),
            (PlantedBug.DropDeadlines, nameof(IJournal.Append)) when Happens() => Append(
                (Append)args![0]! with
                {
                    Deadlines = [],
                }
            ),
            (PlantedBug.SwapEvents, nameof(IJournal.ReadAll)) => Read(args!, Swap),
            (PlantedBug.SkipPositions, nameof(IJournal.ReadAll)) => Read(args!, Skip),
            (PlantedBug.DeliverDeadlinesEarly, nameof(IJournal.ClaimDeadlines)) => Pass(
                targetMethod,
                [(DateTimeOffset)args![0]! + Early, .. args.AsSpan(1)]
            ),
            (PlantedBug.SaveCheckpointsAhead, nameof(IJournal.SaveReader)) => Pass(
                targetMethod,
                [Ahead((ReaderProgress)args![0]!), .. args.AsSpan(1)]
            ),
            (PlantedBug.ForgetParkedFollowUps, nameof(IJournal.SaveReader)) => Pass(
                targetMethod,
                [(ReaderProgress)args![0]! with { Rows = Kept((ReaderProgress)args[0]!) }, .. args.AsSpan(1)]
            ),
            (PlantedBug.KeepDeadlinesParked, nameof(IJournal.Append))
                when (Append)args![0]! is { ParksDeadlines: false } resumed => Append(
                resumed with
                {
                    ParksDeadlines = null,
                }
            ),
            _ => Pass(targetMethod, args),
        };
    }

    /// <summary>All but what waits of the reactions.</summary>
    private static IReadOnlyList<ReaderRow> Kept(ReaderProgress progress) =>
        progress.Reader == "reactions" ? [] : progress.Rows;

    private object? Pass(MethodInfo method, object?[]? args) => method.Invoke(_journal, args);

    private Task<AppendResult> Append(Append append) => _journal.Append(append, CancellationToken.None);

    private Task<AppendResult> AcknowledgeBeforeCommit(Append append)
    {
        _ = Append(append);
        var version = append.ExpectedVersion + append.Events.Count;
        return Task.FromResult(new AppendResult(AppendOutcome.Committed, append.Grain, version, Position: 0));
    }

    private Append ForgetId(Append append) =>
        append with
        {
            Command = append.Command with { Scope = $"{append.Command.Scope}#{_luck.Next()}.{++_calls}" },
        };

    /// <summary>Each silo knows the ids that it took itself: a repeat through another one is new to that.</summary>
    private Append OwnId(Append append) =>
        append with
        {
            Command = append.Command with { Scope = Own(append.Command.Scope) },
        };

    private string Own(string scope) => $"{scope}#{_slot}";

    /// <summary>Decisions are committed on whatever there is, however old the state they were made on.</summary>
    private async Task<AppendResult> IgnoreVersion(Append append)
    {
        var history = await _journal.ReadGrain(append.Grain, 0, int.MaxValue, CancellationToken.None);
        return await Append(append with { ExpectedVersion = history.Count, Chain = null });
    }

    private async Task<IReadOnlyList<RecordedEvent>> Read(
        object?[] args,
        Func<IReadOnlyList<RecordedEvent>, IReadOnlyList<RecordedEvent>> change
    )
    {
        var events = await _journal.ReadAll((long)args[0]!, (int)args[1]!, (CancellationToken)args[2]!);
        return events.Count > 1 && Happens() ? change(events) : events;
    }

    private static IReadOnlyList<RecordedEvent> Swap(IReadOnlyList<RecordedEvent> events) =>
        [
            events[1] with
            {
                Position = events[0].Position,
            },
            events[0] with
            {
                Position = events[1].Position,
            },
            .. events.Skip(2),
        ];

    private static IReadOnlyList<RecordedEvent> Skip(IReadOnlyList<RecordedEvent> events) =>
        [.. events.Take(events.Count - 2), events[^1]];

    private static ReaderProgress Ahead(ReaderProgress progress) =>
        progress with
        {
            Checkpoint = progress.Checkpoint + 1,
        };

    private bool Happens() => _luck.Next(OneIn) == 0;
}
