using System.Text;
using EcosystemSilo.Journal;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Journal;

/// <summary>Histories of grains that are loaded together are what they are alone.</summary>
public abstract partial class JournalContract
{
    [Fact]
    public async Task LoadingMany_GivesWhatLoadingEachGives_InTheirOrder()
    {
        await MustCommit(To("acme/partner/events", 0, "a", "b", "c"));
        await MustCommit(To("acme/partner/both", 0, "a", "b", "c"));
        await Journal.SaveSnapshot(SnapshotAt(2, "two") with { Grain = "acme/partner/both" }, Cancellation);
        await MustCommit(To("acme/partner/snapshot", 0, "a"));
        await Journal.SaveSnapshot(SnapshotAt(1, "one") with { Grain = "acme/partner/snapshot" }, Cancellation);
        string[] grains =
        [
            "acme/partner/both",
            "acme/partner/nobody",
            "acme/partner/events",
            "acme/partner/snapshot",
            "acme/partner/both",
        ];

        var together = await Journal.LoadMany(grains, Cancellation);

        var alone = await Task.WhenAll(grains.Select(grain => Journal.Load(grain, Cancellation)));
        together.Select(history => Told(history!)).ShouldBe(alone.Select(Told));
        together
            .Select(history => (history!.Snapshot?.Version, history.Tail.Count))
            .ShouldBe([(2, 1), (null, 0), (null, 3), (1, 0), (2, 1)]);
    }

    [Fact]
    public async Task LoadingMany_IsBoundedInCount()
    {
        var grains = Enumerable.Range(0, JournalLimits.GrainsPerLoadMax).Select(i => $"acme/partner/{i}").ToList();
        (await Journal.LoadMany(grains, Cancellation)).Count.ShouldBe(JournalLimits.GrainsPerLoadMax);
        (await Journal.LoadMany([], Cancellation)).ShouldBeEmpty();

        grains.Add("acme/partner/one-too-many");
        await Should.ThrowAsync<ArgumentOutOfRangeException>(() => Journal.LoadMany(grains, Cancellation));
    }

    [Theory]
    [InlineData(new[] { 5, 3, 1 }, new[] { true, true, false, false })]
    [InlineData(new[] { 5, 4, 1 }, new[] { true, false, false, false })]
    [InlineData(new[] { 9, 1, 1 }, new[] { true, false, false, false })]
    [InlineData(new[] { 1, 2, 3 }, new[] { true, true, true, true })]
    public async Task LoadingMany_LeavesOutWhatNoLongerFits_ButNeverTheFirst(int[] megabytes, bool[] loaded)
    {
        var grains = megabytes
            .Select((size, i) => $"acme/partner/{i}-of-{size}")
            .Append("acme/partner/nobody")
            .ToList();
        for (var i = 0; i < megabytes.Length; i++)
        {
            var half = new byte[megabytes[i] * 1024 * 1024 / 2];
            await MustCommit(To(grains[i], 0) with { Events = [new NewEvent("large", 1, half)] });
            await MustCommit(To(grains[i], 1) with { Events = [new NewEvent("large", 1, half)] });
            await Journal.SaveSnapshot(new Snapshot(grains[i], 1, 1, half), Cancellation);
        }

        var histories = await Journal.LoadMany(grains, Cancellation);

        histories.Select(history => history is not null).ShouldBe(loaded);
        var left = await Task.WhenAll(grains.Select(grain => Journal.Load(grain, Cancellation)));
        left[..^1].ShouldAllBe(history => history.Snapshot != null && history.Tail.Count == 1);
    }

    [Fact]
    public async Task LoadsAtTheSameTime_EachGetTheirOwn()
    {
        const int Grains = 100;
        await Task.WhenAll(
            Enumerable.Range(0, Grains).Select(i => MustCommit(To($"acme/partner/{i}", 0, [.. Names(i % 7)])))
        );

        var loads = Enumerable
            .Range(0, Grains * 10)
            .Select(async i => (i % Grains, await Journal.Load($"acme/partner/{i % Grains}", Cancellation)));

        foreach (var (i, history) in await Task.WhenAll(loads))
        {
            history.Tail.Select(one => one.Name).ShouldBe(Names(i % 7));
            history.Tail.ShouldAllBe(one => one.Grain == $"acme/partner/{i}");
        }

        static IEnumerable<string> Names(int count) => Enumerable.Range(0, count).Select(i => $"e{i}");
    }

    [Fact]
    public async Task ALoad_SeesAllThatWasCommittedBeforeIt_HoweverManyLoadAtOnce()
    {
        await Task.WhenAll(Enumerable.Range(0, 50).Select(AppendAndLoad));

        async Task AppendAndLoad(int grain)
        {
            for (var version = 0; version < 20; version++)
            {
                await MustCommit(To($"acme/partner/{grain}", version, "advanced"));
                var history = await Journal.Load($"acme/partner/{grain}", Cancellation);
                history.Tail.Count.ShouldBe(version + 1);
            }
        }
    }

    [Theory]
    [InlineData("nul", 0)]
    [InlineData("half a pair", 0xD83D)]
    public async Task AGrainThatNoStoreCanLookUp_FailsAlone(string start, int unit)
    {
        await MustCommit(To("acme/partner/p", 0, "registered"));
        var bad = start + (char)unit;

        var neighbours = Enumerable.Range(0, 200).Select(_ => Journal.Load("acme/partner/p", Cancellation)).ToList();
        var guilty = Enumerable.Range(0, 3).Select(_ => Load(bad)).ToList();
        neighbours.AddRange(Enumerable.Range(0, 200).Select(_ => Journal.Load("acme/partner/p", Cancellation)));

        (await Task.WhenAll(neighbours)).ShouldAllBe(history => history.Tail.Count == 1);
        await ((Task)Task.WhenAll(guilty)).ConfigureAwait(
            ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext
        );
        guilty.ShouldAllBe(load => load.IsFaulted || load.Result.Tail.Count == 0);
    }

    /// <summary>A refusal at once is a failed load as well.</summary>
    private async Task<GrainHistory> Load(string grain) => await Journal.Load(grain, Cancellation);

    private static string Told(GrainHistory history)
    {
        var snapshot = history.Snapshot is { } kept
            ? $"{kept.Grain} {kept.Version} {kept.Shape} {Encoding.UTF8.GetString(kept.State.Span)}"
            : "none";
        var tail = history.Tail.Select(one =>
            $"{one with { Payload = default }} {Encoding.UTF8.GetString(one.Payload.Span)}"
        );
        return string.Join('\n', tail.Prepend(snapshot));
    }
}
