using EcosystemSilo.LoadTests.Scenarios;

namespace EcosystemSilo.LoadTests.Goals;

/// <summary>Partners that nobody has heard of: every delivery meets a grain that is in nobody's memory.</summary>
internal static class NewPartners
{
    public static readonly Goal AgainstCrud = new("new", "new partners a second against crud", Side.AtLeast, 2, "x");

    public static readonly Goal AgainstFormer = new(
        "new-former",
        "new partners a second against the former build",
        Side.AtLeast,
        1.5,
        "x"
    );

    public static async Task<IReadOnlyList<GoalResult>> Measure(Bench bench, IReadOnlySet<Goal> wanted)
    {
        var now = await bench.Warm(Contestant.Product);
        var crud = wanted.Contains(AgainstCrud) ? await bench.Warm(Contestant.Crud) : null;
        var former = bench.HasFormer && wanted.Contains(AgainstFormer) ? await bench.Warm(Contestant.Former) : null;
        Contestant[] contestants = [.. new[] { crud, former, now }.OfType<Contestant>()];
        var rates = contestants.ToDictionary(one => one.Name, _ => new List<Measurement>(), StringComparer.Ordinal);
        foreach (var contestant in contestants)
        {
            await bench.WarmUpNew(contestant);
        }

        for (var round = 0; round < bench.Extent.Rounds; round++)
        {
            foreach (var contestant in contestants)
            {
                rates[contestant.Name].Add(await bench.MeasureNew(contestant, round));
            }
        }

        return [.. Judge(AgainstCrud, crud), .. Judge(AgainstFormer, former)];

        IEnumerable<GoalResult> Judge(Goal goal, Contestant? other)
        {
            if (other is not null)
            {
                var of = Throughput.Rate(now.Name, rates[now.Name]);
                var to = Throughput.Rate(other.Name, rates[other.Name]);
                yield return goal.Measured(Spread.Ratios(of.Values, to.Values), [of, to]);
            }
        }
    }
}
