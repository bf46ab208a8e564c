using System.Collections.Concurrent;
using EcosystemSilo.Journal;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Journal;

/// <summary>How loads share reads, with a store whose reads a test holds and fails.</summary>
public sealed class GroupLoadingTests : IAsyncDisposable
{
    private readonly ConcurrentQueue<string[]> reads = [];
    private readonly GroupLoading loads;
    private readonly SemaphoreSlim begun = new(0);
    private Func<IReadOnlyList<string>, CancellationToken, Task> beforeRead = (_, _) => Task.CompletedTask;

    /// <summary>Grains of which only the first of a shared read fits.</summary>
    private Func<string, bool> isLarge = _ => false;

    public GroupLoadingTests() =>
        loads = new GroupLoading(
            async (grains, cancellation) =>
            {
                await Read(grains, cancellation);
                return [.. grains.Select((grain, i) => i > 0 && isLarge(grain) ? null : HistoryOf(grain))];
            },
            async (grain, cancellation) =>
            {
                await Read([grain], cancellation);
                return HistoryOf(grain);
            },
            TimeProvider.System
        );

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await loads.DisposeAsync();
        begun.Dispose();
    }

    [Fact]
    public async Task ALoadThatMeetsNoOthers_GoesAlone()
    {
        (await Load("a")).ShouldBe("a");
        (await Load("b")).ShouldBe("b");

        reads.ShouldBe([
            ["a"],
            ["b"],
        ]);
    }

    [Fact]
    public async Task WhatComesWhileReadsAreUnderWay_SharesTheNextOnes()
    {
        var release = Hold();
        var first = await OccupyAll();

        var later = Enumerable.Range(0, JournalLimits.GrainsPerLoadMax + 10).Select(i => Load($"g{i}")).ToList();
        release.SetResult();

        (await Task.WhenAll(later)).ShouldBe(Enumerable.Range(0, later.Count).Select(i => $"g{i}"));
        await Task.WhenAll(first);
        reads.Count.ShouldBe(JournalLimits.LoadsAtOnceMax + 2);
        reads.Max(grains => grains.Length).ShouldBe(JournalLimits.GrainsPerLoadMax);
        loads.Reads.ShouldBe(reads.Count);
    }

    [Fact]
    public async Task WhatDoesNotFit_IsLoadedAlone()
    {
        var release = Hold();
        isLarge = grain => grain is "g3" or "g4";
        var first = await OccupyAll();

        var later = Enumerable.Range(0, 6).Select(i => Load($"g{i}")).ToList();
        release.SetResult();

        (await Task.WhenAll(later)).ShouldBe(Enumerable.Range(0, 6).Select(i => $"g{i}"));
        await Task.WhenAll(first);
        reads
            .Skip(JournalLimits.LoadsAtOnceMax)
            .ShouldBe([
                ["g0", "g1", "g2", "g3", "g4", "g5"],
                ["g3"],
                ["g4"],
            ]);
    }

    [Fact]
    public async Task ALoadThatTheStoreChokesOn_FailsAlone()
    {
        var release = Hold(grains => grains.Contains("g3") ? throw new InvalidCastException("a bug") : true);
        var first = await OccupyAll();

        var later = Enumerable.Range(0, 6).Select(i => Load($"g{i}")).ToList();
        release.SetResult();

        await Should.ThrowAsync<InvalidCastException>(() => later[3]);
        later.RemoveAt(3);
        (await Task.WhenAll(later)).ShouldBe(["g0", "g1", "g2", "g4", "g5"]);
        await Task.WhenAll(first);
        (await Load("after")).ShouldBe("after");
    }

    [Fact]
    public async Task AFaultOfTheStore_IsToldToAll_AndTheNextReadGoesOn()
    {
        var release = Hold(grains => grains.Contains("g3") ? throw new JournalUnavailableException("cut") : true);
        var first = await OccupyAll();

        var later = Enumerable.Range(0, 6).Select(i => Load($"g{i}")).ToList();
        release.SetResult();

        foreach (var load in later)
        {
            (await Should.ThrowAsync<JournalUnavailableException>(() => load)).Message.ShouldBe("cut");
        }
        await Task.WhenAll(first);
        (await Load("after")).ShouldBe("after");
    }

    [Fact]
    public async Task AStoreThatHangs_HoldsNeitherCallersNorLaterLoads()
    {
        beforeRead = (_, cancellation) =>
        {
            begun.Release();
            return Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellation);
        };
        var hanging = await OccupyAll();
        var waiting = Load("waiting");

        await Should.ThrowAsync<JournalUnavailableException>(() => waiting);
        foreach (var load in hanging)
        {
            await Should.ThrowAsync<JournalUnavailableException>(() => load);
        }

        beforeRead = (_, _) => Task.CompletedTask;
        (await Load("after")).ShouldBe("after");
    }

    [Fact]
    public async Task ALoadNobodyWaitsForAnyMore_IsNotRead()
    {
        var release = Hold();
        var first = await OccupyAll();
        using var caller = new CancellationTokenSource();
        var abandoned = loads.Load("abandoned", caller.Token);
        var kept = Load("kept");

        await caller.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => abandoned);
        release.SetResult();

        (await kept).ShouldBe("kept");
        await Task.WhenAll(first);
        reads.ShouldNotContain(grains => grains.Contains("abandoned"));
    }

    [Fact]
    public async Task AFullQueue_RefusesTheNextLoad()
    {
        var release = Hold();
        var all = await OccupyAll();
        for (var i = 0; i < JournalLimits.LoadsWaitingMax; i++)
        {
            all.Add(Load($"g{i}"));
        }

        await Should.ThrowAsync<JournalUnavailableException>(() => Load("one too many"));

        release.SetResult();
        await Task.WhenAll(all);
    }

    [Fact]
    public async Task Closing_AnswersThoseWhoWait_AndRefusesTheRest()
    {
        var release = Hold();
        var all = await OccupyAll();
        all.Add(Load("waiting"));

        var closing = loads.DisposeAsync();
        await Should.ThrowAsync<JournalUnavailableException>(() => Load("late"));
        closing.IsCompleted.ShouldBeFalse();
        release.SetResult();

        await closing;
        (await Task.WhenAll(all))[^1].ShouldBe("waiting");
    }

    private async Task<string> Load(string grain) => (await loads.Load(grain, Cancellation)).Tail[0].Grain;

    /// <summary>Holds every read until the result is set, and then asks about it, which may throw.</summary>
    private TaskCompletionSource Hold(Func<IReadOnlyList<string>, bool>? then = null)
    {
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        beforeRead = async (grains, _) =>
        {
            begun.Release();
            await release.Task;
            then?.Invoke(grains);
        };
        return release;
    }

    /// <summary>As many reads as there may be at once; returns when all of them have begun.</summary>
    private async Task<List<Task<string>>> OccupyAll()
    {
        var all = new List<Task<string>>();
        for (var i = 0; i < JournalLimits.LoadsAtOnceMax; i++)
        {
            all.Add(Load($"first-{i}"));
            await begun.WaitAsync(Cancellation);
        }
        return all;
    }

    private async Task Read(IReadOnlyList<string> grains, CancellationToken cancellation)
    {
        reads.Enqueue([.. grains]);
        await beforeRead(grains, cancellation);
    }

    private static GrainHistory HistoryOf(string grain) =>
        new(
            Snapshot: null,
            [new RecordedEvent(1, grain, 1, "registered", 1, default, default, "correlation", "actor", "command")]
        );
}
