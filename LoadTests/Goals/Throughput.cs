using EcosystemSilo.LoadTests.Scenarios;

namespace EcosystemSilo.LoadTests.Goals;

/// <summary>Durable webhooks a second and their acknowledgements, against the peers, in turn.</summary>
internal static class Throughput
{
    public static readonly Goal AgainstCrud = new(
        "crud",
        "durable webhooks a second against crud",
        Side.AtLeast,
        4,
        "x"
    );

    public static readonly Goal AgainstNone = new(
        "none",
        "durable webhooks a second against none, the ceiling",
        Side.AtLeast,
        0.6,
        "x"
    );

    public static readonly Goal Latency = new(
        "latency",
        "p99 of the acknowledgement against crud",
        Side.AtMost,
        0.35,
        "x"
    );

    public static readonly Goal OnSqlite = new(
        "sqlite",
        "webhooks a second on SQLite against crud on PostgreSQL",
        Side.AtLeast,
        4,
        "x"
    );

    public static async Task<IReadOnlyList<GoalResult>> Measure(Bench bench, IReadOnlySet<Goal> wanted)
    {
        var names = new List<string>();
        AddIf(Contestant.Product, AgainstCrud, AgainstNone, Latency);
        AddIf(Contestant.Crud, AgainstCrud, Latency, OnSqlite);
        AddIf(Contestant.None, AgainstNone);
        AddIf(Contestant.Sqlite, OnSqlite);
        var runs = names.ToDictionary(name => name, _ => new List<Measurement>(), StringComparer.Ordinal);
        var contestants = new List<Contestant>();
        foreach (var name in names)
        {
            contestants.Add(await bench.Warm(name));
        }

        for (var round = 0; round < bench.Extent.Rounds; round++)
        {
            foreach (var contestant in contestants)
            {
                runs[contestant.Name].Add(await bench.Measure(contestant, round));
            }
        }

        return
        [
            .. Judge(AgainstCrud, Contestant.Product, Contestant.Crud, Rate),
            .. Judge(AgainstNone, Contestant.Product, Contestant.None, Rate),
            .. Judge(Latency, Contestant.Product, Contestant.Crud, Percentile99),
            .. Judge(OnSqlite, Contestant.Sqlite, Contestant.Crud, Rate),
        ];

        void AddIf(string name, params IEnumerable<Goal> goals)
        {
            if (goals.Any(wanted.Contains))
            {
                names.Add(name);
            }
        }

        IEnumerable<GoalResult> Judge(Goal goal, string of, string to, Func<string, List<Measurement>, Series> series)
        {
            if (wanted.Contains(goal))
            {
                var (one, other) = (series(of, runs[of]), series(to, runs[to]));
                yield return goal.Measured(Spread.Ratios(one.Values, other.Values), [one, other]);
            }
        }
    }

    public static Series Rate(string label, List<Measurement> runs) =>
        new(label, "/s", runs.ConvertAll(run => run.PerSecond));

    public static Series Percentile99(string label, List<Measurement> runs) =>
        new(label, "ms p99", runs.ConvertAll(run => run.P(99).TotalMilliseconds));
}
