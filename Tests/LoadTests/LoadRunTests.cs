using EcosystemSilo.LoadTests.Generator;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.LoadTests;

/// <summary>What the generator reports must be what a caller would have felt.</summary>
public sealed class LoadRunTests
{
    private static readonly TimeSpan Stall = TimeSpan.FromMilliseconds(600);

    /// <summary>
    /// For 600 ms of two seconds nobody is answered. Of the requests due, a tenth or more fell into the stall's first
    /// half and waited at least its other half; a closed loop would have sent none of them.
    /// </summary>
    [Fact]
    public async Task AServerThatStalls_ShowsInThePercentilesOfAnOpenLoop()
    {
        await using var server = await TinyServer.Start(stallAfter: 50, Stall);

        var result = await LoadRun.Send(Load(server, 2) with { PerSecond = 200, Count = 400 }, TimeProvider.System);

        result.Errors.ShouldBeEmpty();
        result.Latencies.Count.ShouldBe(400);
        result.Latencies.Percentile(90).ShouldBeGreaterThan(Stall / 2);
        result.Latencies.Max.ShouldBeGreaterThan(Stall - TimeSpan.FromMilliseconds(100));
    }

    [Fact]
    public async Task AnOpenLoop_SendsEverythingThatWasDue_ButNotFasterThanItsRate()
    {
        await using var server = await TinyServer.Start();
        var since = TimeProvider.System.GetTimestamp();

        var result = await LoadRun.Send(Load(server, 4) with { PerSecond = 100, Count = 1_000 }, TimeProvider.System);

        result.Rates.Count.ShouldBe(LoadResult.Slots);
        result.Rates.Average().ShouldBe(result.PerSecond, tolerance: 0.001);
        // Two seconds of the load's ten: the time ends it, and what was due by then was sent.
        result.Latencies.Count.ShouldBe(200);
        TimeProvider.System.GetElapsedTime(since).ShouldBeGreaterThan(TimeSpan.FromSeconds(1.9));
    }

    [Fact]
    public async Task WhatIsAnsweredBadly_IsAnErrorByItsCode_AndNotDone()
    {
        await using var server = await TinyServer.Start();
        var answers = new[] { "/good", "/good", "/missing", "/other" };

        var result = await LoadRun.Send(
            Load(server, 1) with
            {
                Count = 4,
                Request = number => TinyServer.Get(answers[number]),
                Expected = "good"u8.ToArray(),
            },
            TimeProvider.System
        );

        result.Done.ShouldBe(2);
        result.Errors.ShouldBe(
            new Dictionary<string, long>(StringComparer.Ordinal) { ["404"] = 1, ["200 otherwise"] = 1 },
            ignoreOrder: true
        );
    }

    [Fact]
    public async Task WarmUp_IsNotMeasured()
    {
        await using var server = await TinyServer.Start();

        var result = await LoadRun.Send(
            Load(server, 4) with
            {
                PerSecond = 100,
                Count = 1_000,
                WarmUp = TimeSpan.FromSeconds(1),
            },
            TimeProvider.System
        );

        result.Latencies.Count.ShouldBe(200);
    }

    [Fact]
    public async Task ALoadThatIsUsedUpEarly_IsMeasuredOverTheTimeItTook()
    {
        await using var server = await TinyServer.Start();

        var result = await LoadRun.Send(Load(server, 2) with { Count = 20 }, TimeProvider.System);

        result.Done.ShouldBe(20);
        result.Rates.Count.ShouldBeLessThan(LoadResult.Slots);
        result.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task AServerThatIsGone_IsAnError()
    {
        var server = await TinyServer.Start();
        var load = Load(server, 1) with { Count = 3 };
        await server.DisposeAsync();

        var result = await LoadRun.Send(load, TimeProvider.System);

        result.Done.ShouldBe(0);
        result.Errors.ShouldHaveSingleItem().ShouldBe(new KeyValuePair<string, long>("cut", 3));
    }

    [Theory]
    [InlineData("http://127.0.0.1:5080/", true)]
    [InlineData("http://127.9.9.9:5080/", true)]
    [InlineData("http://[::1]:5080/", true)]
    [InlineData("http://localhost:5080/", true)]
    [InlineData("http://0.0.0.0:5080/", false)]
    [InlineData("http://10.0.0.1:5080/", false)]
    [InlineData("http://169.254.169.254/", false)]
    [InlineData("http://[::ffff:10.0.0.1]:80/", false)]
    [InlineData("http://localhost.example.com/", false)]
    [InlineData("http://example.com/", false)]
    [InlineData("https://127.0.0.1/", false)]
    [InlineData("/hooks", false)]
    public void LoadGoesToThisMachineOnly(string address, bool isTaken)
    {
        var uri = new Uri(address, UriKind.RelativeOrAbsolute);
        if (isTaken)
        {
            Loopback.Require(uri).Port.ShouldBe(5080);
        }
        else
        {
            Should.Throw<ArgumentException>(() => Loopback.Require(uri));
        }
    }

    private static Load Load(TinyServer server, int callers) =>
        new(
            server.Address,
            callers,
            Count: 100,
            _ => TinyServer.Get("/good"),
            ReadOnlyMemory<byte>.Empty,
            WarmUp: TimeSpan.Zero,
            Duration: TimeSpan.FromSeconds(2)
        );
}
