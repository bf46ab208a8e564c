using EcosystemSilo.Silo;
using EcosystemSilo.Silo.Activations;
using EcosystemSilo.Silo.Operations;
using EcosystemSilo.Tests.Support;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Operations;

/// <summary>How commands are measured, and that nobody measures when nobody looks.</summary>
public sealed class CommandTimesTests
{
    private readonly ManualClock _clock = new();
    private readonly SiloMetrics _metrics = new();

    [Theory]
    [InlineData(0.00001)]
    [InlineData(0.00034)]
    [InlineData(0.0021)]
    [InlineData(0.5)]
    [InlineData(6)]
    public void ATime_IsToldWithinSixPercent(double seconds)
    {
        var told = CommandTimes.MillisecondsOf(CommandTimes.ClassOf(seconds));

        told.ShouldBeGreaterThanOrEqualTo(seconds * 1_000 * 0.999);
        told.ShouldBeLessThanOrEqualTo(Math.Max(0.0201, seconds * 1_000 * 1.06));
    }

    [Fact]
    public void APercentile_IsTheTimeThatThisShareStayedWithin()
    {
        var counts = new long[CommandTimes.Classes];
        counts[CommandTimes.ClassOf(0.001)] = 99;
        counts[CommandTimes.ClassOf(0.2)] = 1;

        CommandTimes.Percentile(counts, 0.5)!.Value.ShouldBeInRange(1, 1.06);
        CommandTimes.Percentile(counts, 0.99)!.Value.ShouldBeInRange(1, 1.06);
        CommandTimes.Percentile(counts, 0.995)!.Value.ShouldBeInRange(200, 212);
        CommandTimes.Percentile(new long[CommandTimes.Classes], 0.5).ShouldBeNull();
    }

    [Fact]
    public void NobodyMeasures_UntilSomebodyLooks_AndAMinuteAfterTheLastLook()
    {
        using var watch = new CommandWatch(_metrics, new WaitClock(_clock));

        watch.IsMeasuring.ShouldBeFalse();
        watch.Look().ShouldBeEmpty();
        watch.IsMeasuring.ShouldBeTrue();

        _clock.Advance(TimeSpan.FromSeconds(50));
        watch.Look().Count.ShouldBe(10);
        _clock.Advance(TimeSpan.FromSeconds(55));
        watch.IsMeasuring.ShouldBeTrue();
        _clock.Advance(TimeSpan.FromSeconds(10));

        watch.IsMeasuring.ShouldBeFalse();
        watch.Look().ShouldBeEmpty("what was measured before has a gap behind it");
    }

    [Fact]
    public void EveryStep_HasTheCommandsThatEndedInIt_AndTenMinutesAreKept()
    {
        using var watch = new CommandWatch(_metrics, new WaitClock(_clock));
        watch.Look();
        Answer(3);
        _clock.Advance(TimeSpan.FromSeconds(5));
        Answer(1);
        _clock.Advance(TimeSpan.FromSeconds(5));

        var steps = watch.Look();

        steps.Select(step => step.Times.Sum(time => time.Count)).ShouldBe([3, 1]);
        steps.Select(step => step.Seconds).ShouldBe([5, 5]);
        (steps[1].Number - steps[0].Number).ShouldBe(1);
        for (var seconds = 0; seconds < 700; seconds += 50)
        {
            _clock.Advance(TimeSpan.FromSeconds(50));
            watch.Look();
        }

        watch.Look().Count.ShouldBe(120);
    }

    [Fact]
    public void StepsOfSeveralSilos_AreAdded()
    {
        var quick = CommandTimes.ClassOf(0.001);
        var slow = CommandTimes.ClassOf(0.1);
        MeasuredStep[] one = [new(7, 5, [new TimeClass(quick, 90)]), new(8, 5, [])];
        MeasuredStep[] other = [new(7, 5, [new TimeClass(slow, 10)])];

        var merged = Merging.Commands([Report(one), Report(other)]);

        merged.History.Select(step => step.PerSecond).ShouldBe([20, 0]);
        merged.History[0].P50Milliseconds!.Value.ShouldBeInRange(1, 1.06);
        merged.History[0].P99Milliseconds!.Value.ShouldBeInRange(100, 106);
        merged.History[1].P99Milliseconds.ShouldBeNull();
        merged.PerSecond.ShouldBe(10);
    }

    private static ProcessReport Report(MeasuredStep[] steps) => new(null!, steps, []);

    private void Answer(int commands)
    {
        for (var i = 0; i < commands; i++)
        {
            _metrics.End(_metrics.Begin(), isReply: true);
        }
    }
}
