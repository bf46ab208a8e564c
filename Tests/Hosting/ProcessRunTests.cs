using EcosystemSilo.Journal;
using EcosystemSilo.Journal.Memory;
using EcosystemSilo.Silo;
using EcosystemSilo.Silo.Hosting;
using EcosystemSilo.Silo.Membership;
using EcosystemSilo.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Hosting;

public sealed class ProcessRunTests
{
    [Fact]
    public async Task AWorkerThatFails_EndsTheProcessWithACodeOfItsOwn() =>
        (await ProcessRun.Run(() => Compose<FailingWorker>())).ShouldBe(ExitCodes.Failed);

    [Fact]
    public async Task AProcessThatIsToldToStop_EndsWithZero() =>
        (await ProcessRun.Run(() => Compose<StoppingWorker>())).ShouldBe(0);

    [Fact]
    public async Task AHoldThatIsLost_EndsTheProcess()
    {
        var hold = new LosableHold();
        var ended = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var journal = new WatchedJournal(new MemoryJournal(new MemoryDisk(), TimeProvider.System))
        {
            Held = hold,
        };
        await using var host = new JournalHost(
            journal,
            new OpenSafe(),
            new ClusterOptions(),
            new JournalHolding(HoldKind.Alone, "Data__Folder"),
            ended.SetResult,
            NullLogger<JournalHost>.Instance
        );
        await host.StartAsync(TestContext.Current.CancellationToken);

        hold.Lose();

        (await ended.Task.WaitAsync(TimeSpan.FromSeconds(20))).ShouldBe(ExitCodes.JournalHeld);
    }

    private static WebApplication Compose<TWorker>()
        where TWorker : class, IHostedService
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddSingleton(new ClusterOptions());
        builder.AddProcessRun("http://127.0.0.1:0");
        builder.Services.AddHostedService<TWorker>();
        return builder.Build();
    }

    private sealed class FailingWorker(IHostApplicationLifetime lifetime) : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            await Started(lifetime);
            throw new InvalidOperationException("planted");
        }
    }

    private sealed class StoppingWorker(IHostApplicationLifetime lifetime) : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            await Started(lifetime);
            lifetime.StopApplication();
        }
    }

    private static Task Started(IHostApplicationLifetime lifetime)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lifetime.ApplicationStarted.Register(started.SetResult);
        return started.Task;
    }

    private sealed class LosableHold : IJournalHold
    {
        private readonly TaskCompletionSource _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Lost => _lost.Task;

        public void Lose() => _lost.SetResult();

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
