using EcosystemSilo.Grains.Interfaces.WearableStreams;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.WearableStreams;

/// <summary>A bad value is set aside with its reason, and the good ones of its delivery go through.</summary>
public sealed class BadValueTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.FromHours(1));

    public static TheoryData<string, Reading> Bad { get; } =
        new()
        {
            { SetAsideReasons.OutOfRange, Pulse(-5) },
            { SetAsideReasons.OutOfRange, Pulse(1_000) },
            { SetAsideReasons.NotANumber, Pulse(double.NaN) },
            { SetAsideReasons.NotANumber, Pulse(double.PositiveInfinity) },
            { SetAsideReasons.TimeImplausible, Pulse(60) with { Start = DateTimeOffset.UnixEpoch } },
            { SetAsideReasons.TimeImplausible, Pulse(60) with { Start = Now.AddDays(3) } },
            { SetAsideReasons.EndBeforeStart, Pulse(60) with { End = Now.AddMinutes(-1) } },
            { SetAsideReasons.UnitUnknown, Pulse(60) with { Unit = "furlong" } },
            { SetAsideReasons.IdTooLong, Pulse(60) with { Id = new string('x', 201) } },
            { SetAsideReasons.DetailTooLong, Pulse(60) with { Detail = new string('x', 4_097) } },
            {
                SetAsideReasons.OutOfRange,
                new Reading(Measure.BloodPressure, Now, null, 120, "mmHg") { Second = 0 }
            },
        };

    [Theory]
    [MemberData(nameof(Bad))]
    public void ABadValue_IsSetAside_AndTheGoodOneBesideItIsStored(string reason, Reading bad)
    {
        var batch = SampleBatch.Of([Pulse(60), bad], [], [], Now);

        batch.SetAside.Single().Reason.ShouldBe(reason);
        SampleCodec.Read(batch.Blocks.Single().Data).Single().Value.ShouldBe(60);
    }

    [Theory]
    [InlineData(Measure.Glucose, 5.5, "mmol/L", 99.0858)]
    [InlineData(Measure.Weight, 150, "lb", 68.0388555)]
    [InlineData(Measure.SkinTemperature, 98.6, "degF", 37)]
    [InlineData(Measure.ActiveEnergy, 418.4, "kJ", 100)]
    [InlineData(Measure.ActiveEnergy, 100, "Cal", 100)]
    [InlineData(Measure.Distance, 1, "mi", 1609.344)]
    [InlineData(Measure.OxygenSaturation, 0.97, "1", 97)]
    [InlineData(Measure.BloodPressure, 16, "kPa", 120.009872)]
    [InlineData(Measure.Sleep, 7.5, "hr", 450)]
    [InlineData(Measure.HeartRateVariability, 0.05, "s", 50)]
    public void AUnit_IsMadeCanonical_AndTheOriginalIsKept(Measure measure, double value, string unit, double canonical)
    {
        var batch = SampleBatch.Of([new Reading(measure, Now, null, value, unit)], [], [], Now);

        var sample = SampleCodec.Read(batch.Blocks.Single().Data).Single();
        sample.Value.ShouldBe(value);
        sample.Canonical.ShouldBe(canonical, 1e-6);
    }

    private static Reading Pulse(double rate) => new(Measure.HeartRate, Now, null, rate, "bpm");
}
