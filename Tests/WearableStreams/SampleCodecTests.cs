using EcosystemSilo.Grains.Interfaces.WearableStreams;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.WearableStreams;

/// <summary>Samples come out of their bytes as they went in, and take few of them.</summary>
public sealed class SampleCodecTests
{
    private static readonly DateTimeOffset Midnight = new(2026, 3, 1, 0, 0, 0, TimeSpan.FromHours(1));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void AnySamples_ComeOutAsTheyWentIn(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 300; round++)
        {
            var samples = Enumerable.Range(0, random.Next(0, 60)).Select(_ => Any(random, round)).ToArray();

            SampleCodec.Read(SampleCodec.Write(samples)).ShouldBe(samples, $"seed {seed}, round {round}");
        }
    }

    [Fact]
    public void EveryUnit_SurvivesItsNumber() =>
        Measures.All.ShouldAllBe(facts => Units.Find(facts.Measure, facts.Unit)!.Code == facts.Unit);

    [Fact]
    public void AHeartRateOnceAMinute_TakesLessThanTwoBytesASample()
    {
        var random = new Random(1);
        var pulse = 60;
        var samples = Enumerable
            .Range(0, 1_440)
            .Select(minute =>
            {
                pulse = Math.Clamp(pulse + random.Next(-6, 7), 45, 180);
                return new Sample(Midnight.AddMinutes(minute), End: null, pulse, Unit: 1, Version: 1_772_323_200_000);
            })
            .ToArray();

        (SampleCodec.Write(samples).Length / 1_440.0).ShouldBeLessThan(2);
    }

    [Fact]
    public void BytesOfANewerForm_AreRefused() =>
        Should.Throw<FormatException>(() => SampleCodec.Read([9, 0])).Message.ShouldContain("newer form");

    /// <summary>Each round favours another shape of column.</summary>
    private static Sample Any(Random random, int round)
    {
        var start = Midnight.AddMilliseconds(
            round % 3 == 0 ? random.Next(0, 86_400_000)
            : round % 3 == 1 ? random.Next(0, 86_400) * 1_000L
            : random.Next(0, 1_440) * 60_000L
        );
        return new Sample(
            start.ToOffset(TimeSpan.FromMinutes(random.Next(-48, 57) * 15)),
            random.Next(2) == 0 ? null : start.AddSeconds(random.Next(0, 7_200)).ToOffset(start.Offset),
            round % 2 == 0 ? random.Next(0, 300)
                : round % 5 == 0 ? random.NextDouble() * 1e9
                : random.Next(0, 5_000) / 10.0,
            (byte)random.Next(1, 30),
            random.Next(3) == 0 ? random.Next(40, 120) : null,
            round % 4 == 0 ? null
                : round % 4 == 1 ? AnyUuid(random)
                : round % 4 == 2 ? $"id-{random.Next()}-ü"
                : null,
            random.NextInt64(0, 2_000_000_000_000),
            random.Next(10) == 0,
            random.Next(4) == 0 ? $"l{random.Next(60)} d60" : null
        ) switch
        {
            var sample when sample.End is { } end => sample with { End = end.ToOffset(sample.Start.Offset) },
            var sample => sample,
        };
    }

    private static string AnyUuid(Random random)
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        return $"{new Guid(bytes)}";
    }
}
