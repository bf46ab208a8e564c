using EcosystemSilo.Journal;
using EcosystemSilo.Journal.Memory;
using EcosystemSilo.Silo;
using EcosystemSilo.Silo.Membership;
using EcosystemSilo.Silo.Personal;
using EcosystemSilo.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace EcosystemSilo.Tests.Engines;

/// <summary>
/// What the engine suite runs on: silos that share a disk, as processes share a database. They run from test to test,
/// because starting them is dear, so every test has grains of its own.
/// </summary>
public abstract class RunningEngine : IAsyncLifetime
{
    private readonly MemoryDisk _disk = new();
    private readonly List<WatchedJournal> _journals = [];

    /// <summary>By which everything is due.</summary>
    public ShiftedClock Clock { get; } = new();

    public IReadOnlyList<TestSilo> Silos { get; private set; } = [];

    /// <summary>Processes that grains are asked from: the silos, and a client of theirs where they have one.</summary>
    public IReadOnlyList<TestSilo> Callers { get; private set; } = [];

    /// <summary>
    /// A silo that shares the disk and knows nothing of the others: whatever it activates, they activate, too.
    /// </summary>
    public TestSilo Outsider { get; private set; } = null!;

    internal WatchedCalls Calls { get; } = new();

    internal SwitchedFreshness Freshness { get; } = new();

    /// <summary>How often the silos asked for due deadlines.</summary>
    public int DeadlineLooks => _journals.Sum(journal => journal.DeadlineClaims);

    public async ValueTask InitializeAsync()
    {
        (Silos, Callers) = await Start();
        Outsider = await TestSilo.Start(
            clock: Clock,
            interval: TimeSpan.FromMinutes(1),
            change: services => Share(services, new MemoryJournal(_disk, TimeProvider.System))
        );
    }

    public async ValueTask DisposeAsync()
    {
        await Outsider.DisposeAsync();
        await Stop();
        GC.SuppressFinalize(this);
    }

    /// <summary>Watches the journals of all processes but the outsider's.</summary>
    internal void Watch(Action<WatchedJournal> watch) => _journals.ForEach(watch);

    protected abstract Task<(IReadOnlyList<TestSilo> Silos, IReadOnlyList<TestSilo> Callers)> Start();

    protected abstract ValueTask Stop();

    /// <summary>Gives a process its journal on the shared disk, and what tests meddle with.</summary>
    private protected void Change(IServiceCollection services)
    {
        var watched = new WatchedJournal(new MemoryJournal(_disk, TimeProvider.System));
        lock (_journals)
        {
            _journals.Add(watched);
        }

        Share(services, watched);
        services.AddSingleton<IMembershipView>(Freshness);
        services.AddSingleton<IIncomingGrainCallFilter>(Calls);
    }

    private static void Share(IServiceCollection services, IJournal journal)
    {
        services.AddSingleton<IJournal>(_ => new SealedJournal(journal, new OpenSafe()));
        services.AddSingleton(new JournalHolding(HoldKind.Shared));
    }
}
