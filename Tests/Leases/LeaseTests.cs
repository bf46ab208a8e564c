using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Deals;
using EcosystemSilo.Grains.Interfaces.Partners;
using EcosystemSilo.Journal.Memory;
using EcosystemSilo.Silo;
using EcosystemSilo.Silo.Projections;
using EcosystemSilo.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Leases;

/// <summary>
/// What one process does for all: it is done by one, goes on when that one is gone, and a process that comes back from
/// a pause does no harm.
/// </summary>
[Collection<AloneCollection>]
public sealed class LeaseTests
{
    private static readonly GrainKey Deal = DealKey.Of(TestSilo.Acme, new DealId("d-1"));
    private readonly MemoryDisk _disk = new();

    [Fact]
    public async Task OneProcess_HandsReactionsOn_ForAll()
    {
        // So long that a busy computer takes it from nobody.
        var leaseTime = TimeSpan.FromSeconds(30);
        await using var one = await Process.Start(_disk, leaseTime);
        await using var two = await Process.Start(_disk, leaseTime);

        for (var n = 0; n < 10; n++)
        {
            await Register(n % 2 == 0 ? one : two, DealKey.Of(TestSilo.Acme, new DealId($"d-{n}")), $"clinic-{n}.org");
        }

        one.FollowUps.ShouldBe(20, "a claim and its answer for each deal");
        two.FollowUps.ShouldBe(0);
    }

    [Fact]
    public async Task AProcessThatStopsInOrder_GivesItsLeasesUpAtOnce()
    {
        // So long that nobody gets a lease by waiting for its end.
        var leaseTime = TimeSpan.FromSeconds(30);
        var one = await Process.Start(_disk, leaseTime);
        await using var two = await Process.Start(_disk, leaseTime);
        await Register(one, Deal, "stmary.org");

        await one.DisposeAsync();

        await Register(two, DealKey.Of(TestSilo.Acme, new DealId("d-2")), "hope.org");
        two.FollowUps.ShouldBe(2, "the second deal's claim and its answer; the first one's are known to be done");
    }

    [Fact]
    public async Task WhenTheHolderCanNoLongerReachTheJournal_AnotherGoesOn()
    {
        await using var one = await Process.Start(_disk);
        await using var two = await Process.Start(_disk);
        await Register(two, Deal, "stmary.org");

        var silence = new Gate();
        one.Journal.BeforeHoldLeases = silence.Pass;

        await Awaited.Until(
            async () =>
            {
                var deal = DealKey.Of(TestSilo.Acme, new DealId($"d-{Guid.NewGuid():n}"));
                await Register(two, deal, $"{deal.Id}.org");
                return two.FollowUps > 0;
            },
            "the other process to hand reactions on"
        );
        silence.Open();
    }

    [Fact]
    public async Task AHolderThatWakesUpInTheMiddleOfItsWork_DoesNoHarm()
    {
        await using var stale = await Process.Start(_disk);
        await using var next = await Process.Start(_disk);
        var pause = new Gate();
        stale.Journal.BeforeHoldLeases = pause.Pass;
        stale.Journal.BeforeAppend = append => IsFollowUp(append) ? pause.Pass() : Task.CompletedTask;

        // The holder stops with the claim of the account decided and not committed; the next one takes over.
        await next.Silo.Accept(Deal, Command("stmary.org"));
        await Protected(next, Deal);
        var moved = DealKey.Of(TestSilo.Acme, new DealId("d-2"));
        await next.Silo.Accept(moved, Command("stmary.org"));
        await next.Silo.Until<DealView>(moved, deal => deal.Protection == Protection.Queued, "the queue");
        await next.Silo.Accept(Deal, new WithdrawDeal());
        await Protected(next, moved);
        var before = await Everything(next);
        var checkpoint = await Checkpoint(next);
        pause.Open();

        await Register(stale, DealKey.Of(TestSilo.Acme, new DealId("d-3")), "hope.org");
        var after = await Everything(next);
        after.Take(before.Count).ShouldBe(before);
        after.Count.ShouldBe(before.Count + 4, $"only the third deal: {string.Join('\n', after)}");
        (await Checkpoint(next)).ShouldBeGreaterThanOrEqualTo(checkpoint);
    }

    [Fact]
    public async Task OneProcess_SavesLists_AndAnotherGoesOnWithoutLoss()
    {
        var one = await Process.Start(_disk);
        await using var two = await Process.Start(_disk);
        await RegisterPartners(two, "a");
        await Awaited.Until(async () => one.Saves > 0 && await SavedPartners(two) == 20, "the first rows to be saved");
        two.Saves.ShouldBe(0);

        var silence = new Gate();
        one.Journal.BeforeHoldLeases = silence.Pass;
        one.Journal.Saves = _ => false;
        await RegisterPartners(two, "b");
        await Awaited.Until(async () => await SavedPartners(two) == 40, "the other process to save");

        two.Saves.ShouldBeGreaterThan(0);
        silence.Open();
        await one.DisposeAsync();
        (await SavedPartners(two)).ShouldBe(40);
    }

    private static bool IsFollowUp(EcosystemSilo.Journal.Append append) => append.Command.Scope == "acme/reaction";

    private static RegisterDeal Command(string domain) =>
        new(new PartnerId("p-1"), new Customer("Clinic", domain), new ProductId("enterprise"));

    private static async Task Register(Process process, GrainKey deal, string domain)
    {
        await process.Silo.Accept(deal, Command(domain));
        await Protected(process, deal);
    }

    private static Task<DealView> Protected(Process process, GrainKey deal) =>
        process.Silo.Until<DealView>(deal, view => view.Protection == Protection.Protected, "protection");

    private static Task RegisterPartners(Process process, string prefix) =>
        Task.WhenAll(
            Enumerable
                .Range(0, 20)
                .Select(n =>
                    process.Silo.Accept(
                        PartnerKey.Of(TestSilo.Acme, new PartnerId($"{prefix}-{n}")),
                        new RegisterPartner($"Partner {n}", new CategoryId("medical-device"))
                    )
                )
        );

    private static async Task<int> SavedPartners(Process process)
    {
        var count = 0;
        await foreach (var row in process.Journal.ReadRows(ReadModelReader.Name, TestContext.Current.CancellationToken))
        {
            count += GrainKey.Parse(row.Key).Kind == PartnerKey.Kind ? 1 : 0;
        }

        return count;
    }

    private static async Task<List<string>> Everything(Process process) =>
        [
            .. (await process.Journal.ReadAll(0, int.MaxValue, TestContext.Current.CancellationToken)).Select(e =>
                $"{e.Position} {e.Grain} {e.Version} {e.Name} {e.CommandId}"
            ),
        ];

    private static Task<long> Checkpoint(Process process) =>
        process.Journal.ReadCheckpoint("reactions", TestContext.Current.CancellationToken);

    /// <summary>A silo on a shared disk that counts what it does for all.</summary>
    private sealed class Process : IAsyncDisposable
    {
        private int _followUps;
        private int _saves;

        private Process(WatchedJournal journal) => Journal = journal;

        public WatchedJournal Journal { get; }

        public TestSilo Silo { get; private set; } = null!;

        public int FollowUps => _followUps;

        public int Saves => _saves;

        public static async Task<Process> Start(MemoryDisk disk, TimeSpan? leaseTime = null)
        {
            var process = new Process(new WatchedJournal(new MemoryJournal(disk, TimeProvider.System)));
            process.Journal.AfterAppend = (append, result) =>
            {
                var isNew = result.Outcome == EcosystemSilo.Journal.AppendOutcome.Committed;
                Interlocked.Add(ref process._followUps, isNew && IsFollowUp(append) ? 1 : 0);
                return Task.CompletedTask;
            };
            process.Journal.Saves = progress =>
            {
                Interlocked.Add(ref process._saves, progress.Reader == ReadModelReader.Name ? 1 : 0);
                return true;
            };
            process.Silo = await TestSilo.Start(
                journal: process.Journal,
                change: services =>
                    services.Configure<SiloOptions>(options => options.LeaseTime = leaseTime ?? TimeSpan.FromSeconds(1))
            );
            return process;
        }

        public ValueTask DisposeAsync() => Silo.DisposeAsync();
    }
}
