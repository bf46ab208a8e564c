using EcosystemSilo.Journal;
using EcosystemSilo.Tests.Support;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Journal;

/// <summary>What is a simulation's stays on its thread; what a grain started goes to the pool.</summary>
public sealed class SchedulingTests
{
    private static readonly AsyncLocal<string?> Flowing = new();

    [Fact]
    public async Task WorkThatAGrainStarts_RunsOnThePool()
    {
        using var grain = new GrainScheduler();

        var ranOn = await await grain.Run(() => Scheduling.Run(Observe));
        var queuedOn = await await grain.Run(() => Queued());
        var parallelOn = await grain.Run(() => Scheduling.Parallel(2, CancellationToken.None).TaskScheduler);
        var options = await grain.Run(() => Scheduling.Asynchronously);

        ranOn.ShouldBe(TaskScheduler.Default);
        queuedOn.ShouldBe(TaskScheduler.Default);
        parallelOn.ShouldBe(TaskScheduler.Default);
        options.ShouldBe(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    [Fact]
    public async Task WorkThatASimulationStarts_StaysOnItsThread()
    {
        var simulation = new InPlace();

        var (ranOn, queuedOn, parallelOn, options) = await await simulation.Run(async () =>
            (
                await Scheduling.Run(Observe),
                await Queued(),
                Scheduling.Parallel(2, CancellationToken.None).TaskScheduler,
                Scheduling.Asynchronously
            )
        );

        ranOn.ShouldBe(simulation);
        queuedOn.ShouldBe(simulation);
        parallelOn.ShouldBe(simulation);
        options.ShouldBe(TaskCreationOptions.None);
    }

    [Fact]
    public async Task ALoop_TakesNothingOfItsFirstCallerAlong()
    {
        Flowing.Value = "the first caller's trace";
        string? seen = null;

        await Scheduling.Loop(() =>
        {
            seen = Flowing.Value ?? "nothing";
            return Task.CompletedTask;
        });

        seen.ShouldBe("nothing");
        Flowing.Value.ShouldBe("the first caller's trace");
    }

    private static Task<TaskScheduler> Observe() => Task.FromResult(TaskScheduler.Current);

    private static Task<TaskScheduler> Queued()
    {
        var ran = new TaskCompletionSource<TaskScheduler>(TaskCreationOptions.RunContinuationsAsynchronously);
        Scheduling.Queue(static ran => ran.SetResult(TaskScheduler.Current), ran);
        return ran.Task;
    }

    /// <summary>Runs what it is given at once.</summary>
    private sealed class InPlace : OneThreadScheduler
    {
        public Task<T> Run<T>(Func<T> work) =>
            Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, this);

        protected override void QueueTask(Task task) => TryExecuteTask(task);

        protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => TryExecuteTask(task);

        protected override IEnumerable<Task> GetScheduledTasks() => [];
    }
}
