using EcosystemSilo.Journal;
using EcosystemSilo.Journal.Memory;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Journal;

public sealed class MemoryJournalTests : JournalContract
{
    private readonly MemoryDisk disk = new();
    private readonly MemoryFaults faults = new();

    protected override IJournal NewJournal() => new MemoryJournal(disk, TimeProvider.System, faults);

    protected override (Task Held, Task Committed) AppendHeld(Append append, Task release)
    {
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return (held.Task, AppendAfter());

        async Task AppendAfter()
        {
            var slow = new MemoryFaults
            {
                BeforeCommit = async _ =>
                {
                    held.TrySetResult();
                    await release;
                },
            };
            await using var journal = new MemoryJournal(disk, TimeProvider.System, slow);
            await journal.Open(Cancellation);
            await AppendOnce(journal, append);
        }
    }

    protected override Task<IAsyncDisposable> StopCommits()
    {
        faults.BeforeCommit = _ => throw new JournalUnavailableException("The store is stopped by a test.");
        return Task.FromResult<IAsyncDisposable>(new Outage(faults));
    }

    protected override Task SetSchemaVersion(int version)
    {
        disk.SchemaVersion = version;
        return Task.CompletedTask;
    }

    [Fact]
    public async Task AFaultBeforeTheCommit_IsTriedAgain()
    {
        var tries = 0;
        faults.BeforeCommit = _ => ++tries <= 3 ? throw new JournalUnavailableException("not yet") : Task.CompletedTask;

        await MustCommit(To("acme/partner/p", 0, "registered"));

        tries.ShouldBe(4);
        (await Everything()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task AFaultAfterTheCommit_IsRecognisedAsCommitted_ByTheInbox()
    {
        var chain = new AppendChain();
        await MustCommit(To("acme/partner/taken", 0, "registered"));
        var repeated = To("acme/partner/again", 0, "registered");
        await MustCommit(repeated);
        var faulty = true;
        faults.AfterCommit = _ =>
        {
            var fails = faulty;
            faulty = false;
            return fails ? throw new JournalUnavailableException("the answer was lost") : Task.CompletedTask;
        };

        var results = await Task.WhenAll(
            Commit(To("acme/partner/p", 0, "registered") with { Chain = chain }),
            Commit(To("acme/partner/p", 1, "approved") with { Chain = chain }),
            Commit(To("acme/partner/taken", 0, "registered")),
            Commit(repeated with { At = Noon.AddSeconds(1) })
        );

        faulty.ShouldBeFalse();
        results
            .Select(result => (result.Outcome, result.Version))
            .ShouldBe([
                (AppendOutcome.Committed, 1),
                (AppendOutcome.Committed, 2),
                (AppendOutcome.VersionConflict, 1),
                (AppendOutcome.Repeated, 1),
            ]);
        await MustCommit(To("acme/partner/p", 2, "advanced") with { Chain = chain });
        (await Everything()).Count.ShouldBe(5);
    }

    [Fact]
    public async Task AStoreThatHangs_DoesNotHoldItsCallers()
    {
        var hang = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        faults.BeforeCommit = _ => hang.Task;
        var chain = new AppendChain();

        var first = Commit(To("acme/partner/p", 0, "registered") with { Chain = chain });
        var second = Commit(To("acme/partner/q", 0, "registered"));

        await Should.ThrowAsync<JournalUnavailableException>(() => Within(first, "an append under way to be given up"));
        await Should.ThrowAsync<JournalUnavailableException>(() => Within(second, "a waiting append to be given up"));
        chain.IsBroken.ShouldBeTrue();
        hang.SetResult();
    }

    [Fact]
    public async Task AFullQueue_RefusesTheNextAppend()
    {
        var hang = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var underWay = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        faults.BeforeCommit = batch =>
        {
            underWay.TrySetResult(batch.Count);
            return hang.Task;
        };
        var appends = new List<Task<AppendResult>> { Commit(To("acme/partner/first", 0, "registered")) };
        await Within(underWay.Task, "the first batch to be under way");
        for (var i = 0; i < JournalLimits.AppendsWaitingMax; i++)
        {
            appends.Add(Commit(To($"acme/partner/{i}", 0, "registered")));
        }

        var tooMany = Commit(To("acme/partner/too-many", 0, "registered"));
        tooMany.IsCompleted.ShouldBeTrue();
        await Should.ThrowAsync<JournalUnavailableException>(() => tooMany);

        hang.SetResult();
        var results = await Within(Task.WhenAll(appends), "the queue to be worked off");
        results.ShouldAllBe(result => result.Outcome == AppendOutcome.Committed);
    }

    [Fact]
    public async Task ABatch_IsBoundedInCountAndBytes()
    {
        var largest = (Count: 0, Bytes: 0);
        faults.BeforeCommit = batch =>
        {
            largest = (Math.Max(largest.Count, batch.Count), Math.Max(largest.Bytes, batch.Sum(AppendRules.Bytes)));
            return Task.CompletedTask;
        };

        var small = Enumerable.Range(0, 3_000).Select(i => Commit(To($"acme/partner/{i}", 0, "registered")));
        await Task.WhenAll(small);
        largest.Count.ShouldBeInRange(2, JournalLimits.AppendsPerCommitMax);

        var payload = new NewEvent("big", 1, new byte[1024 * 1024]);
        var big = Enumerable.Range(0, 20).Select(i => Commit(To($"acme/big/{i}", 0) with { Events = [payload] }));
        await Task.WhenAll(big);
        largest.Bytes.ShouldBeInRange(1024 * 1024, JournalLimits.BytesPerCommitMax);
    }

    [Fact]
    public async Task AnAppendTheStoreChokesOn_DoesNotFailItsNeighbours()
    {
        faults.BeforeCommit = batch =>
            batch.Any(append => append.Grain == "acme/partner/13")
                ? throw new InvalidCastException("a bug in the store")
                : Task.CompletedTask;

        var appends = Enumerable.Range(0, 20).Select(i => Commit(To($"acme/partner/{i}", 0, "registered"))).ToList();
        await Within(Task.WhenAll(appends).ContinueWith(_ => { }, TaskScheduler.Default), "all appends to be settled");

        var bug = await Should.ThrowAsync<InvalidOperationException>(() => appends[13]);
        bug.Message.ShouldContain("acme/partner/13");
        appends.RemoveAt(13);
        appends.ShouldAllBe(append => append.Result.Outcome == AppendOutcome.Committed);
    }

    private sealed class Outage(MemoryFaults faults) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            faults.BeforeCommit = null;
            return ValueTask.CompletedTask;
        }
    }
}
