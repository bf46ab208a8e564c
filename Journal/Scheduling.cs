namespace EcosystemSilo.Journal;

/// <summary>
/// Where work goes on that nobody waits for in place: to the thread pool, or to the scheduler that the caller runs on.
/// Only a simulation has one; it keeps all work on one thread, in an order of its own.
/// </summary>
public static class Scheduling
{
    /// <summary>
    /// For completion sources, whose waiters must not run inside whoever completes them. A scheduler queues waiters
    /// anyway, and this flag would send some of them through the thread pool.
    /// </summary>
    public static TaskCreationOptions Asynchronously =>
        IsOnPool ? TaskCreationOptions.RunContinuationsAsynchronously : TaskCreationOptions.None;

    /// <summary>For pauses that a cancellation may cut short without an exception.</summary>
    public const ConfigureAwaitOptions Quietly =
        ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext;

    /// <summary>For parallel loops, which would take the thread pool unless told otherwise.</summary>
    public static ParallelOptions Parallel(int atOnce, CancellationToken cancellation) =>
        new()
        {
            MaxDegreeOfParallelism = atOnce,
            CancellationToken = cancellation,
            TaskScheduler = TaskScheduler.Current,
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

    /// <summary>Starts work outside the caller's synchronisation context and completes with it.</summary>
    public static Task Run(Func<Task> work) =>
        Task
            .Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, TaskScheduler.Current)
            .Unwrap();

    private static bool IsOnPool => TaskScheduler.Current == TaskScheduler.Default;
}
