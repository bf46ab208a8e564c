using EcosystemSilo.LoadTests.Processes;
using EcosystemSilo.LoadTests.Scenarios;

namespace EcosystemSilo.LoadTests.Goals;

/// <summary>How much is measured.</summary>
/// <param name="Events">Of the large journal that a restart is measured with.</param>
/// <param name="GrownEvents">Of the grown journal.</param>
/// <param name="Streams">People with a wearable.</param>
internal sealed record Extent(
    int Rounds,
    TimeSpan WarmUp,
    TimeSpan Measured,
    int Activations,
    int Viewers,
    TimeSpan Viewing,
    int Events,
    int GrownEvents,
    int Streams
)
{
    /// <summary>Every goal at its full size, once the compiler has done with everybody's hot path.</summary>
    public static Extent Full { get; } =
        new(
            Rounds: 5,
            WarmUp: TimeSpan.FromSeconds(30),
            Measured: TimeSpan.FromSeconds(5),
            Activations: 100_000,
            Viewers: 1_000,
            Viewing: TimeSpan.FromMinutes(10),
            Events: 1_000_000,
            GrownEvents: 2_000_000,
            Streams: 10_000
        );

    /// <summary>Smaller sizes, which the results name.</summary>
    public static Extent Quick { get; } =
        new(
            Rounds: 3,
            WarmUp: TimeSpan.FromSeconds(5),
            Measured: TimeSpan.FromSeconds(3),
            Activations: 20_000,
            Viewers: 300,
            Viewing: TimeSpan.FromSeconds(15),
            Events: 100_000,
            GrownEvents: 200_000,
            Streams: 1_000
        );
}

/// <summary>
/// The place where goals are measured: one PostgreSQL for all, and contestants that stay while they are needed.
/// </summary>
/// <param name="former">The executable of a former build of the gateway; null when there is none to compare
/// with.</param>
internal sealed class Bench(Extent extent, PostgresServer postgres, string? former, Action<string> tell)
    : IAsyncDisposable
{
    public const int Callers = 256;

    private static readonly TimeSpan RoundWarmUp = TimeSpan.FromSeconds(0.5);

    private readonly Dictionary<string, Contestant> _contestants = new(StringComparer.Ordinal);

    public Extent Extent => extent;

    public bool HasFormer => former is not null;

    public PostgresServer Postgres => postgres;

    /// <summary>All that was measured with a load, for the report.</summary>
    public List<Measurement> Measurements { get; } = [];

    public void Tell(string what) => tell(what);

    /// <summary>A contestant that is warm: compiled, connected, its rows in memory.</summary>
    public async Task<Contestant> Warm(string name)
    {
        if (!_contestants.TryGetValue(name, out var contestant))
        {
            tell($"{name}: starting");
            contestant = await Contestant.Start(name, postgres, former);
            _contestants.Add(name, contestant);
            await WarmUp(contestant);
        }

        return contestant;
    }

    public Task<Measurement> WarmUp(Contestant contestant)
    {
        tell($"{contestant.Name}: warming up");
        return contestant.ChangeAmounts(new LoadShape(Callers, TimeSpan.Zero, extent.WarmUp));
    }

    /// <summary>The same for the code that new partners need beyond that of a change.</summary>
    public Task<Measurement> WarmUpNew(Contestant contestant)
    {
        tell($"{contestant.Name}: warming up with new partners");
        return contestant.RegisterNew(new LoadShape(Callers, TimeSpan.Zero, extent.WarmUp / 2));
    }

    /// <summary>One measured run with 256 callers in a closed loop.</summary>
    public Task<Measurement> Measure(Contestant contestant, int round, int deals = DealTraffic.Partners) =>
        Measure(
            contestant,
            round,
            deals == DealTraffic.Partners ? contestant.Name : $"{contestant.Name}, {deals} deal",
            shape => contestant.ChangeAmounts(shape, deals)
        );

    /// <summary>The same with partners that nobody has heard of.</summary>
    public Task<Measurement> MeasureNew(Contestant contestant, int round) =>
        Measure(contestant, round, $"{contestant.Name}, new partners", contestant.RegisterNew);

    private async Task<Measurement> Measure(
        Contestant contestant,
        int round,
        string label,
        Func<LoadShape, Task<Measurement>> send
    )
    {
        tell($"{label}: round {round + 1} of {extent.Rounds}");
        var measured = await send(new LoadShape(Callers, RoundWarmUp, extent.Measured));
        if (measured.Load.Errors.Count > 0)
        {
            throw new InvalidOperationException($"{label} erred: {measured.Errors}.\n{contestant.Server.Output}");
        }

        Measurements.Add(measured with { Contestant = label });
        return measured;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var contestant in _contestants.Values)
        {
            await contestant.DisposeAsync();
        }
    }
}
