using System.Collections.Concurrent;

namespace EcosystemSilo.Tests.Support;

/// <summary>
/// The scheduler of one grain, as an engine may have it: one piece of work at a time, in order. A turn that blocks
/// keeps all the others waiting; when the grain is gone, nothing runs on it any more.
/// </summary>
public sealed class GrainScheduler : TaskScheduler, IDisposable
{
    private readonly BlockingCollection<Task> _queued = [];
    private readonly Thread _thread;

    public GrainScheduler()
    {
        _thread = new Thread(RunAll) { IsBackground = true, Name = "One grain" };
        _thread.Start();
    }

    public Task<T> Run<T>(Func<T> turn) =>
        Task.Factory.StartNew(turn, CancellationToken.None, TaskCreationOptions.DenyChildAttach, this);

    public void Dispose()
    {
        _queued.CompleteAdding();
        _thread.Join();
    }

    protected override void QueueTask(Task task)
    {
        try
        {
            _queued.Add(task);
        }
        catch (InvalidOperationException) when (_queued.IsAddingCompleted)
        {
            // The grain is gone.
        }
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    protected override IEnumerable<Task> GetScheduledTasks() => [];

    /// <summary>Waits for work without the thread pool, whose threads a test may keep busy.</summary>
    private void RunAll()
    {
        foreach (var task in _queued.GetConsumingEnumerable())
        {
            TryExecuteTask(task);
        }
    }
}
