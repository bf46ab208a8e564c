using EcosystemSilo.Journal;
using EcosystemSilo.Tests.Support;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Journal;

/// <summary>Grains call the journal from schedulers of their own, and it serves all of them.</summary>
public abstract partial class JournalContract
{
    [Fact]
    public async Task WhatABusyGrainWasFirstToUse_GoesOnForTheOthers()
    {
        using var grain = new GrainScheduler();
        using var turnMayEnd = new ManualResetEventSlim();
        await using var journal = NewJournal();
        await await grain.Run(() => journal.Open(Cancellation));
        var called = new TaskCompletionSource<Task[]>(TaskCreationOptions.RunContinuationsAsynchronously);

        var turn = grain.Run(() =>
        {
            called.SetResult(CallsOf(journal));
            return turnMayEnd.Wait(WaitMax, Cancellation);
        });
        try
        {
            // A call that throws ends the turn, and nothing is to be waited for.
            await Within(Task.WhenAny(called.Task, turn).Unwrap(), "the grain to have made its calls");
            await Within(ServesOthers(journal), "what others ask of the journal while a grain is busy");
        }
        finally
        {
            turnMayEnd.Set();
        }

        (await turn).ShouldBeTrue();
        await Within(Task.WhenAll((await called.Task)[..3]), "the grain's own calls");
    }

    private static Task[] CallsOf(IJournal journal) =>
        [
            journal.Append(To("acme/partner/busy", 0, "registered"), Cancellation),
            journal.SaveSnapshot(new Snapshot("acme/partner/busy", 1, 1, new byte[] { 1 }), Cancellation),
            journal.Load("acme/partner/busy", Cancellation),
            journal.WaitForEvents(100, Cancellation),
        ];

    private async Task ServesOthers(IJournal journal)
    {
        var other = await OpenAnother();
        for (var round = 0; round < 3; round++)
        {
            var grain = $"acme/partner/{round}";
            await journal.Append(To(grain, 0, "registered"), Cancellation);
            await journal.SaveSnapshot(new Snapshot(grain, 1, 1, new byte[] { 1 }), Cancellation);
            (await journal.Load(grain, Cancellation)).Snapshot.ShouldNotBeNull();

            var last = await journal.LastPosition(Cancellation);
            var woken = ReadNext(journal, last);
            await other.Append(To($"acme/elsewhere/{round}", 0, "registered"), Cancellation);
            (await woken).Name.ShouldBe("registered");
        }
    }
}
