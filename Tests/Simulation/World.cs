using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Blueprints;
using EcosystemSilo.Journal;
using EcosystemSilo.Silo;
using EcosystemSilo.Tests.Blueprints;
using EcosystemSilo.Tests.Simulation.Judging;

namespace EcosystemSilo.Tests.Simulation;

/// <summary>What one seed led to.</summary>
/// <param name="Trace">The same for the same seed; of every choice, answer and event.</param>
/// <param name="Violations">Broken promises, each with what shows it; none in a correct product.</param>
internal sealed record WorldEnd(
    int Seed,
    ulong Trace,
    long Steps,
    long Events,
    int Calls,
    IReadOnlyDictionary<string, int> Faults,
    IReadOnlyList<string> Violations
);

/// <summary>
/// Both partner programs over a simulated year, with 50 partners, on one to three silos that share a store; with
/// crashes, pauses, outages, wrong clocks, lost answers and repeated, late and overtaking commands. All of it follows
/// from the seed.
/// </summary>
internal sealed class World
{
    public const int PartnersCount = 50;

    /// <summary>By the seed.</summary>
    private static readonly int[] SilosCount = [2, 1, 2, 3];

    /// <summary>How long nothing but deadlines happens before the end is judged.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromDays(5);

    /// <summary>Longest time that a task can be delayed at once.</summary>
    private static readonly TimeSpan TimerMax = TimeSpan.FromDays(40);

    private static readonly BlueprintDocument[] Blueprints = [ShippedBlueprints.Acme, ShippedBlueprints.PurposefulLive];

    private readonly SimulatedThread _thread;
    private readonly SimulatedProcess _outside;
    private readonly Func<IJournal, IJournal> _plant;
    private readonly Random _luck;
    private readonly SimulatedSilo?[] _slots;
    private readonly List<string> _violations = [];
    private int _processes;

    /// <param name="plant">Puts a bug between the silos and the store; for the simulation's own tests.</param>
    public World(int seed, TimeSpan length, Func<IJournal, IJournal>? plant = null)
    {
        Seed = seed;
        End = SimulatedThread.Start + length;
        _plant = plant ?? (journal => journal);
        _thread = new SimulatedThread(seed);
        _outside = new SimulatedProcess(_thread, "outside", 0, skew: TimeSpan.Zero);
        _luck = new Random(seed);
        _slots = new SimulatedSilo?[SilosCount[seed % SilosCount.Length]];
        Store = new SimulatedStore(seed);
        Clients = new Clients(this, seed);
        Faults = new Faults(this, seed);
    }

    public int Seed { get; }

    public DateTimeOffset End { get; }

    public bool IsOver => _thread.Now >= End;

    public DateTimeOffset Now => _thread.Now;

    public long Step => _thread.Steps;

    public TimeProvider Clock => _outside.Clock;

    public SimulatedStore Store { get; }

    public Clients Clients { get; }

    public Faults Faults { get; }

    public IReadOnlyList<SimulatedSilo?> Slots => _slots;

    public IReadOnlyList<BlueprintDocument> Programs => Blueprints;

    public static WorldEnd Run(int seed, TimeSpan length, Func<IJournal, IJournal>? plant = null)
    {
        var world = new World(seed, length, plant);
        try
        {
            world._thread.Run(world._outside.Run(world.Live));
        }
        catch (Exception halt)
        {
            world.Report($"the simulation could not go on: {halt}");
        }

        return new WorldEnd(
            seed,
            world._thread.Trace,
            world._thread.Steps,
            world.Store.Disk.LastPosition(),
            world.Clients.Log.Count,
            world.Faults.Counts,
            world._violations
        );
    }

    public void Report(string violation) => _violations.Add(violation);

    public void Note(string happened) => _thread.Note(happened);

    /// <summary>Starts something that no silo does.</summary>
    public Task Do(Func<Task> work) => _outside.Run(work);

    public async Task Pause(TimeSpan time)
    {
        for (; time > TimerMax; time -= TimerMax)
        {
            await Task.Delay(TimerMax, Clock);
        }

        await Task.Delay(time, Clock);
    }

    private async Task Live()
    {
        for (var slot = 0; slot < _slots.Length; slot++)
        {
            _ = Keep(slot);
        }

        foreach (var blueprint in Blueprints)
        {
            var ecosystem = new EcosystemId(blueprint.Ecosystem);
            await Clients.Send(BlueprintKey.Of(ecosystem), new PublishBlueprint(blueprint));
        }

        var faults = Faults.Happen();
        await Task.WhenAll(Enumerable.Range(0, PartnersCount).Select(number => new PartnerLife(this, number).Live()));
        await faults;
        await Clients.AllAnswered();
        await Settle();
        Judge();
    }

    /// <summary>Starts the silo of a slot, and starts it again whenever it is gone.</summary>
    private async Task Keep(int slot)
    {
        while (true)
        {
            var number = ++_processes;
            var process = new SimulatedProcess(_thread, $"silo-{slot}-{number}", number, Faults.ClockSkew());
            var options = new SiloOptions
            {
                DeadlineInterval = TimeSpan.FromHours(_luck.Next(2, 13)),
                LeaseTime = Seed % 5 == 0 ? TimeSpan.FromSeconds(5) : TimeSpan.FromMinutes(10),
                IdleAfter = TimeSpan.FromHours(_luck.Next(1, 30 * 24)),
            };
            var silo = SimulatedSilo.Start(process, clock => _plant(Store.Connect(clock)), options);
            _slots[slot] = silo;
            await silo.Gone;
            foreach (var failure in silo.Failures())
            {
                Report(failure);
            }

            await Pause(Faults.Downtime());
        }
    }

    /// <summary>Waits until all silos are up and nothing happens any more.</summary>
    private async Task Settle()
    {
        for (var minutes = 0; !Array.TrueForAll(_slots, silo => silo is { IsReady: true }); minutes++)
        {
            if (minutes == 1_000)
            {
                Report($"a silo does not come up: {string.Join(", ", _slots.Select(Standing))}");
                break;
            }

            await Pause(TimeSpan.FromMinutes(1));
        }

        await Pause(Quiet);
        long before;
        do
        {
            before = Store.Disk.LastPosition();
            await Pause(TimeSpan.FromHours(1));
        } while (Store.Disk.LastPosition() != before);
    }

    private static string Standing(SimulatedSilo? silo) =>
        $"{silo?.Name} is {(silo is { IsReady: true } ? "" : "not ")}ready";

    private void Judge()
    {
        var judgement = new Judgement(Store.Disk, Clients.Log, Now, Report);
        foreach (var row in judgement.Rows)
        {
            Note($"{row} {row.Data} {row.At:O}");
        }

        judgement.JudgeJournal();
        foreach (var silo in _slots.OfType<SimulatedSilo>())
        {
            foreach (var failure in silo.Failures())
            {
                Report(failure);
            }

            foreach (var program in Blueprints)
            {
                judgement.JudgeViews(silo, new EcosystemId(program.Ecosystem));
            }
        }
    }
}
