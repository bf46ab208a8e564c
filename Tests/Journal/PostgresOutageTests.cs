using EcosystemSilo.Journal;
using EcosystemSilo.Journal.Postgres;
using EcosystemSilo.LoadTests.Processes;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Journal;

/// <summary>
/// A server that crashes and comes back, with appends under way. It has a server of its own to crash.
/// </summary>
public sealed class PostgresOutageTests : IAsyncLifetime
{
    private const int Grains = 16;
    private const int Crashes = 3;
    private static readonly TimeSpan RecoveryMax = TimeSpan.FromSeconds(5);
    private readonly PostgresServer server = new();
    private readonly List<string>[] acknowledged = [.. Enumerable.Range(0, Grains).Select(_ => new List<string>())];
    private IJournal journal = null!;
    private int settled;
    private int refused;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        journal = new PostgresJournal(await server.NewDatabase(), TimeProvider.System);
        await journal.Open(Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await journal.DisposeAsync();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task AServerThatCrashes_LosesAndDoublesNothing_AndIsUsedAgainWithinSeconds()
    {
        using var stop = new CancellationTokenSource();
        var writers = Enumerable.Range(0, Grains).Select(grain => Task.Run(() => Write(grain, stop.Token))).ToList();

        for (var crash = 0; crash < Crashes; crash++)
        {
            await WaitForProgress();
            await server.StopImmediately();
            await WaitForRefusals();
            await server.EnsureStarted();
            var back = TimeProvider.System.GetTimestamp();
            await WaitForProgress();
            TimeProvider.System.GetElapsedTime(back).ShouldBeLessThan(RecoveryMax);
        }
        await stop.CancelAsync();
        await Task.WhenAll(writers);

        for (var grain = 0; grain < Grains; grain++)
        {
            var events = await journal.ReadGrain($"acme/partner/{grain}", 0, int.MaxValue, Cancellation);
            events.Select(one => one.CommandId).ShouldBe(acknowledged[grain]);
        }
    }

    private async Task Write(int grain, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var append = JournalContract.To($"acme/partner/{grain}", acknowledged[grain].Count, "advanced");
            await Settle(append);
            acknowledged[grain].Add(append.Command.Id);
            Interlocked.Increment(ref settled);
        }
    }

    /// <summary>As a sender would: again and again, with the same id.</summary>
    private async Task Settle(Append append)
    {
        while (true)
        {
            try
            {
                var result = await journal.Append(append, Cancellation);
                result.Outcome.ShouldBeOneOf(AppendOutcome.Committed, AppendOutcome.Repeated);
                return;
            }
            catch (JournalUnavailableException)
            {
                Interlocked.Increment(ref refused);
            }
        }
    }

    private Task WaitForRefusals()
    {
        var start = Volatile.Read(ref refused);
        return JournalContract.Eventually(
            () => Task.FromResult(Volatile.Read(ref refused) >= start + Grains),
            "every writer to be refused while the server is down"
        );
    }

    private Task WaitForProgress()
    {
        var start = Volatile.Read(ref settled);
        return JournalContract.Eventually(
            () => Task.FromResult(Volatile.Read(ref settled) > start + 100),
            "a hundred more appends to be settled"
        );
    }
}
