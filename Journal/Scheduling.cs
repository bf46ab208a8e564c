namespace EcosystemSilo.Journal;

/// <summary>
/// Where work goes on that nobody waits for in place: to the thread pool, or to the one thread of a simulation. Never
/// to the scheduler of a grain: it would stop while that grain is busy, and go on only between its turns.
/// </summary>
public static class Scheduling
{
    /// <summary>
    /// For completion sources, whose waiters must not run inside whoever completes them. A simulation queues waiters
    /// anyway, and this flag would send some of them through the thread pool.
    /// </summary>
    public static TaskCreationOptions Asynchronously =>
        IsOnPool ? TaskCreationOptions.RunContinuationsAsynchronously : TaskCreationOptions.None;

    /// <summary>For pauses that a cancellation may cut short without an exception.</summary>
    public const ConfigureAwaitOptions Quietly =
        ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext;

    /// <summary>For parallel loops; their bodies leave the caller's scheduler, unless it is a simulation's.</summary>
    public static ParallelOptions Parallel(int atOnce, CancellationToken cancellation) =>
        new()
        {
            MaxDegreeOfParallelism = atOnce,
            CancellationToken = cancellation,
            TaskScheduler = Shared,
        };

    /// <summary>Starts work behind what is already queued, outside the caller's synchronisation context.</summary>
    public static void Queue<TState>(Action<TState> work, TState state)
    {
        if (IsOnPool)
        {
            ThreadPool.UnsafeQueueUserWorkItem(work, state, preferLocal: false);
        }
        else
        {
            _ = Run(() =>
            {
                work(state);
                return Task.CompletedTask;
            });
        }
    }

    /// <summary>Starts work of the caller's outside its synchronisation context, and completes with it.</summary>
    public static Task Run(Func<Task> work) => Start(work).Unwrap();

    /// <inheritdoc cref="Run(Func{Task})"/>
    public static Task<T> Run<T>(Func<Task<T>> work) => Start(work).Unwrap();

    /// <summary>
    /// Starts a loop that serves others than the caller, and completes with it. Nothing of the caller's goes along:
    /// neither its scheduler nor what flows with its calls, such as its trace.
    /// </summary>
    public static Task Loop(Func<Task> work)
    {
        if (ExecutionContext.IsFlowSuppressed())
        {
            return Run(work);
        }
        using (ExecutionContext.SuppressFlow())
        {
            return Run(work);
        }
    }

    private static Task<TWork> Start<TWork>(Func<TWork> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, Shared);

    private static TaskScheduler Shared => IsOnPool ? TaskScheduler.Default : TaskScheduler.Current;

    private static bool IsOnPool => TaskScheduler.Current is not OneThreadScheduler;
}
