using System.Reflection;
using EcosystemSilo.Journal;

namespace EcosystemSilo.LoadTests.Chaos.Hooks;

/// <summary>
/// A journal some of whose calls are changed on their way to the real one; the others go through. The methods to
/// override must not be named as the journal's: the proxy's own would override them in turn.
/// </summary>
internal abstract class InterceptedJournal : DispatchProxy
{
    protected IJournal Inner { get; set; } = null!;

    protected sealed override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        (targetMethod!.Name, args) switch
        {
            (nameof(IJournal.Append), [Append append, CancellationToken stop]) => OnAppend(append, stop),
            (nameof(IJournal.SaveReader), [ReaderProgress progress, CancellationToken stop]) => OnSave(progress, stop),
            (nameof(IJournal.ReadAll), [long after, int max, CancellationToken stop]) => OnReadAll(after, max, stop),
            (nameof(IJournal.ReadGrain), [string grain, long after, int max, CancellationToken stop]) => OnReadGrain(
                grain,
                after,
                max,
                stop
            ),
            (nameof(IJournal.Load), [string grain, CancellationToken stop]) => OnLoad(grain, stop),
            (nameof(IJournal.LoadMany), [IReadOnlyList<string> grains, CancellationToken stop]) => OnLoadMany(
                grains,
                stop
            ),
            _ => targetMethod.Invoke(Inner, BindingFlags.DoNotWrapExceptions, null, args, null),
        };

    protected virtual Task<AppendResult> OnAppend(Append append, CancellationToken stop) => Inner.Append(append, stop);

    protected virtual Task<bool> OnSave(ReaderProgress progress, CancellationToken stop) =>
        Inner.SaveReader(progress, stop);

    protected virtual Task<IReadOnlyList<RecordedEvent>> OnReadAll(long after, int max, CancellationToken stop) =>
        Inner.ReadAll(after, max, stop);

    protected virtual Task<IReadOnlyList<RecordedEvent>> OnReadGrain(
        string grain,
        long after,
        int max,
        CancellationToken stop
    ) => Inner.ReadGrain(grain, after, max, stop);

    protected virtual Task<GrainHistory> OnLoad(string grain, CancellationToken stop) => Inner.Load(grain, stop);

    protected virtual Task<IReadOnlyList<GrainHistory?>> OnLoadMany(
        IReadOnlyList<string> grains,
        CancellationToken stop
    ) => Inner.LoadMany(grains, stop);
}
