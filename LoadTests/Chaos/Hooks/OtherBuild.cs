using EcosystemSilo.Journal;

namespace EcosystemSilo.LoadTests.Chaos.Hooks;

/// <summary>Builds of the product around a new version of one event, in the order of their release.</summary>
internal enum Build
{
    /// <summary>Knows nothing of the new version.</summary>
    Old,

    /// <summary>Reads the new version, and still writes the one before it.</summary>
    Reads,

    /// <summary>Reads both and writes the new one.</summary>
    Writes,
}

/// <summary>
/// Makes a process a newer build than it is: what it stores of one event has the next version, which processes without
/// this hook do not know.
/// </summary>
internal class OtherBuild : InterceptedJournal
{
    /// <summary>The event of which there is a new version.</summary>
    public const string Event = "source.mapping-changed";

    private const int Known = 1;
    private const int Next = 2;

    private Build _build;

    public static IJournal Around(IJournal journal, Build build)
    {
        if (build == Build.Old)
        {
            return journal;
        }

        var around = Create<IJournal, OtherBuild>();
        var self = (OtherBuild)(object)around;
        (self.Inner, self._build) = (journal, build);
        return around;
    }

    protected override Task<AppendResult> OnAppend(Append append, CancellationToken stop) =>
        Inner.Append(
            _build == Build.Writes ? append with { Events = [.. append.Events.Select(InNextVersion)] } : append,
            stop
        );

    protected override async Task<IReadOnlyList<RecordedEvent>> OnReadAll(
        long after,
        int max,
        CancellationToken stop
    ) => [.. (await Inner.ReadAll(after, max, stop)).Select(InKnownVersion)];

    protected override async Task<IReadOnlyList<RecordedEvent>> OnReadGrain(
        string grain,
        long after,
        int max,
        CancellationToken stop
    ) => [.. (await Inner.ReadGrain(grain, after, max, stop)).Select(InKnownVersion)];

    protected override async Task<GrainHistory> OnLoad(string grain, CancellationToken stop) =>
        InKnownVersion(await Inner.Load(grain, stop));

    protected override async Task<IReadOnlyList<GrainHistory?>> OnLoadMany(
        IReadOnlyList<string> grains,
        CancellationToken stop
    ) => [.. (await Inner.LoadMany(grains, stop)).Select(one => one is null ? null : InKnownVersion(one))];

    private static NewEvent InNextVersion(NewEvent happened) =>
        happened.Name == Event ? happened with { Shape = Next } : happened;

    private static GrainHistory InKnownVersion(GrainHistory history) =>
        history with
        {
            Tail = [.. history.Tail.Select(InKnownVersion)],
        };

    private static RecordedEvent InKnownVersion(RecordedEvent recorded) =>
        recorded is { Name: Event, Shape: Next } ? recorded with { Shape = Known } : recorded;
}
