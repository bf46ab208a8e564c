using EcosystemSilo.LoadTests.Generator;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.LoadTests;

public sealed class HistogramTests
{
    [Fact]
    public void Percentiles_AreAtMostTwoPerCentAboveTheTruth()
    {
        var random = new Random(7);
        var durations = Enumerable
            .Range(0, 50_000)
            .Select(_ => TimeSpan.FromMicroseconds(Math.Floor(Math.Pow(10, random.NextDouble() * 7))))
            .ToArray();
        var histogram = new Histogram();
        Array.ForEach(durations, histogram.Record);

        Array.Sort(durations);
        foreach (var percent in new[] { 1, 50, 90, 99, 99.9, 100 })
        {
            var truth = durations[(int)Math.Ceiling(durations.Length * percent / 100) - 1];
            histogram.Percentile(percent).ShouldBeInRange(truth, truth * 1.02);
        }
    }

    [Fact]
    public void SmallDurations_AreExact()
    {
        var histogram = new Histogram();
        for (var microseconds = 1; microseconds <= 100; microseconds++)
        {
            histogram.Record(TimeSpan.FromMicroseconds(microseconds));
        }

        histogram.Percentile(50).ShouldBe(TimeSpan.FromMicroseconds(50));
        histogram.Percentile(99).ShouldBe(TimeSpan.FromMicroseconds(99));
    }

    [Fact]
    public void AnExtremeDuration_IsTheMaximumAndNeverLost()
    {
        var histogram = new Histogram();
        histogram.Record(TimeSpan.FromMilliseconds(1));
        histogram.Record(TimeSpan.FromDays(30));

        histogram.Count.ShouldBe(2);
        histogram.Max.ShouldBe(TimeSpan.FromDays(30));
        histogram.Percentile(50).ShouldBeLessThan(TimeSpan.FromMilliseconds(1.1));
        histogram.Percentile(99.9).ShouldBeGreaterThan(TimeSpan.FromHours(1));
    }

    [Fact]
    public void HistogramsOfSeveralCallers_AddUp()
    {
        var (one, other) = (new Histogram(), new Histogram());
        one.Record(TimeSpan.FromMilliseconds(1));
        other.Record(TimeSpan.FromMilliseconds(9));
        one.Add(other);

        one.Count.ShouldBe(2);
        one.Percentile(100).ShouldBe(TimeSpan.FromMilliseconds(9));
    }
}
