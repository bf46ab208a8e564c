using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Blueprints;
using EcosystemSilo.Journal;
using EcosystemSilo.Silo;
using EcosystemSilo.Tests.Blueprints;
using EcosystemSilo.Tests.Simulation.Judging;
using EcosystemSilo.Tests.Simulation.Lives;

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

/// <summary>What happens in a simulated year.</summary>
internal enum Mix
{
    /// <summary>Partners, their deals, and the customers that these compete for.</summary>
    Partners,

    /// <summary>Webhooks, endpoints, customer programs, people and what they wear as well.</summary>
    Everything,
}

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

    private readonly Mix _mix;
    private readonly SimulatedThread _thread;
    private readonly SimulatedProcess _outside;
    private readonly Func<IJournal, int, IJournal> _plant;
    private readonly SimulatedNetwork _network;
    private readonly List<CommitMoment> _commits = [];
    private readonly Random _luck;
    private readonly SimulatedSilo?[] _slots;
    private readonly List<string> _violations = [];
    private int _processes;

    /// <param name="plant">Puts a bug between the silo of a slot and the store; for the simulation's own tests.</param>
    public World(int seed, TimeSpan length, Mix mix, Func<IJournal, int, IJournal>? plant = null)
    {
        _mix = mix;
        Seed = seed;
        End = SimulatedThread.Start + length;
        _plant = plant ?? ((journal, _) => journal);
        _thread = new SimulatedThread(seed);
        _outside = new SimulatedProcess(_thread, "outside", 0, skew: TimeSpan.Zero);
        _luck = new Random(seed);
        _slots = new SimulatedSilo?[SilosCount[seed % SilosCount.Length]];
        _network = new SimulatedNetwork(_slots, seed);
        Store = new SimulatedStore(seed);
        Store.Disk.Listen(position => _commits.Add(new CommitMoment(position, Step, Now)));
        Clients = new Clients(this, seed);
        Faults = new Faults(this, seed);
        Receivers = new Receivers(this, seed);
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

    public Receivers Receivers { get; }

    public IReadOnlyList<SimulatedSilo?> Slots => _slots;

    public IReadOnlyList<BlueprintDocument> Programs => Blueprints;

    public static WorldEnd Run(int seed, TimeSpan length, Mix mix, Func<IJournal, int, IJournal>? plant = null)
    {
        var world = new World(seed, length, mix, plant);
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
            new Dictionary<string, int>(world.Faults.Counts.Concat(world._network.Counts)),
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
        await Task.WhenAll(Lives().Select(life => life.Live()));
        await faults;
        await Clients.AllAnswered();
        await PauseLife.ResumeAll(this);
        await Settle();
        await Judge();
    }

    private IEnumerable<Life> Lives()
    {
        for (var number = 0; number < PartnersCount; number++)
        {
            yield return new PartnerLife(this, Blueprints[number % Blueprints.Length], number);
        }

        yield return new PauseLife(this, Blueprints[0], number: 90);
        foreach (var (index, program) in _mix == Mix.Everything ? Blueprints.Index() : [])
        {
            var number = 100 * (index + 1);
            yield return new WebhookLife(this, program, number);
            yield return new EndpointLife(this, program, ++number, isInOrder: true);
            yield return new EndpointLife(this, program, ++number, isInOrder: false);
            yield return new ProgramLife(this, program, ++number);
            yield return new ProgramLife(this, program, ++number);
            foreach (var person in PersonLife.People(program.Ecosystem))
            {
                yield return new PersonLife(this, program, ++number, person);
            }
        }
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
            var carrier = _mix == Mix.Everything ? Receivers.From(process) : null;
            var silo = SimulatedSilo.Start(
                process,
                _network,
                carrier,
                clock => _plant(Store.Connect(clock), slot),
                options
            );
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

    private async Task Judge()
    {
        var judgement = new Judgement(Store.Disk, _commits, Clients.Log, Receivers.Received, Now, Report);
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
                await judgement.JudgeViews(silo, new EcosystemId(program.Ecosystem));
            }
        }
    }
}
