using EcosystemSilo.Journal;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Journal;

/// <summary>Readers see everything once, in commit order; restarts and outages change nothing about it.</summary>
public abstract partial class JournalContract
{
    [Fact]
    public async Task Readers_MissNothing_WhileSeveralProcessesAppend_AndSomeHoldTheirCommit()
    {
        const int Processes = 3;
        const int Callers = 4;
        const int AppendsEach = 40;
        const int HeldAppends = 5;
        const int Total = (Processes * Callers * AppendsEach * 2) + HeldAppends;
        var processes = new[] { Journal, await OpenAnother(), await OpenAnother() };
        var follower = await OpenAnother();

        var readers = new[] { Follow(Journal, Total), Follow(follower, Total), Follow(processes[1], Total) };
        var writers = new List<Task>();
        foreach (var process in Enumerable.Range(0, Processes))
        {
            foreach (var caller in Enumerable.Range(0, Callers))
            {
                writers.Add(AppendMany(processes[process], $"acme/partner/{process}-{caller}", AppendsEach));
            }
        }
        writers.Add(HoldSomeAppends(follower, HeldAppends));

        await Within(Task.WhenAll(writers), "all appends to be committed");
        var seen = await Within(Task.WhenAll(readers), $"every reader to see {Total} events");
        foreach (var events in seen)
        {
            events.Select(one => one.Position).ShouldBe(Enumerable.Range(1, Total).Select(i => (long)i));
            foreach (var grain in events.GroupBy(one => one.Grain, StringComparer.Ordinal))
            {
                grain.Select(one => one.Version).ShouldBe(Enumerable.Range(1, grain.Count()).Select(i => (long)i));
            }
        }
        (await Journal.LastPosition(Cancellation)).ShouldBe(Total);
    }

    /// <summary>From what the journal remembers of its own commits, and from the store.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task APageOfLargeEvents_EndsWhereItsBytesDo_AndIsNeverEmptyWhileThereAreSome(bool isOwn)
    {
        int[] megabytes = [3, 3, 3, 1, 9, 1];
        for (var i = 0; i < megabytes.Length; i++)
        {
            var large = new NewEvent("large", 1, new byte[megabytes[i] * 1024 * 1024]);
            await MustCommit(To("acme/partner/large", i) with { Events = [large] });
        }

        var reader = isOwn ? Journal : await OpenAnother();
        var pages = new List<int[]>();
        var position = 0L;
        while (await reader.ReadAll(position, 100, Cancellation) is { Count: > 0 } page)
        {
            page[0].Position.ShouldBe(position + 1);
            position = page[^1].Position;
            pages.Add([.. page.Select(one => one.Payload.Length / 1024 / 1024)]);
        }

        pages.ShouldBe([
            [3, 3, 3],
            [1, 9],
            [1],
        ]);
    }

    [Fact]
    public async Task AWaitingReader_IsWoken_ByThisProcessAndByAnother()
    {
        (await Journal.LastPosition(Cancellation)).ShouldBe(0);
        var woken = ReadNext(Journal, 0);
        await MustCommit(To("acme/partner/p", 0, "here"));
        (await Within(woken, "a reader to be woken by its own process")).Name.ShouldBe("here");

        var other = await OpenAnother();
        woken = ReadNext(Journal, 1);
        await other.Append(To("acme/partner/p", 1, "there"), Cancellation);
        (await Within(woken, "a reader to be woken by another process")).Name.ShouldBe("there");
    }

    [Fact]
    public async Task AWaitingReader_MayGiveUp()
    {
        using var patience = new CancellationTokenSource();
        var waiting = Follow(Journal, 1, patience.Token);
        await patience.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => Within(waiting, "a reader to give up"));
    }

    [Fact]
    public async Task ARestart_AtAnyPoint_LosesNothing()
    {
        var restarts = new Random(20_260_504);
        var commands = new List<Append>();
        for (var version = 0; version < 40; version++)
        {
            var append = To("acme/partner/p", version, $"e{version}") with
            {
                Deadlines = [new DeadlineChange("next", Noon.AddMinutes(version))],
            };
            await MustCommit(append);
            commands.Add(append);
            if (restarts.Next(4) == 0)
            {
                await Restart();
                (await Commit(append)).Outcome.ShouldBe(AppendOutcome.Repeated);
            }
        }

        (await Everything()).Select(one => one.CommandId).ShouldBe(commands.Select(append => append.Command.Id));
        var deadline = (await Journal.DueDeadlines(Noon.AddDays(1), 10, Cancellation)).Single();
        deadline.Due.ShouldBe(Noon.AddMinutes(39));
    }

    [Fact]
    public async Task ClosingTheJournal_SettlesWhatIsWaiting_AndRefusesTheRest()
    {
        var appends = Enumerable.Range(0, 500).Select(i => Commit(To($"acme/partner/{i}", 0, "registered"))).ToList();
        var closing = Journal.DisposeAsync();

        var results = await Within(Task.WhenAll(appends), "waiting appends to be settled by closing");
        await closing;

        results.ShouldAllBe(result => result.Outcome == AppendOutcome.Committed);
        await Should.ThrowAsync<JournalUnavailableException>(() => Commit(To("acme/partner/late", 0, "registered")));
        await Should.ThrowAsync<JournalUnavailableException>(() => Journal.WaitForEvents(500, Cancellation));
        Journal = await OpenAnother();
        (await Everything()).Count.ShouldBe(500);
    }

    [Fact]
    public async Task SeveralProcesses_MayStartAtOnce_OnAnEmptyStore()
    {
        await Restart();
        var starts = Enumerable.Range(0, 4).Select(_ => OpenAnother()).ToList();
        await Within(Task.WhenAll(starts), "four processes to start");

        await MustCommit(To("acme/partner/p", 0, "registered"));
    }

    [Fact]
    public async Task DuringAnOutage_AnAppendIsNotAcknowledged_AndItsRepeatSettlesIt()
    {
        await MustCommit(To("acme/partner/p", 0, "registered"));
        var append = To("acme/partner/p", 1, "approved");
        await using (await StopCommits())
        {
            var during = Commit(append);
            await Should.ThrowAsync<JournalUnavailableException>(() => Within(during, "an append to be given up"));
            (await Journal.ReadGrain("acme/partner/p", 0, 10, Cancellation)).Count.ShouldBe(1);
        }

        await Eventually(
            async () =>
            {
                try
                {
                    return (await Commit(append)).Outcome is AppendOutcome.Committed or AppendOutcome.Repeated;
                }
                catch (JournalUnavailableException)
                {
                    return false;
                }
            },
            "the append to be settled after the outage"
        );
        (await Everything()).Select(one => one.Name).ShouldBe(["registered", "approved"]);
    }

    [Fact]
    public async Task AStoreOfANewerVersion_IsRefused()
    {
        await SetSchemaVersion(99);

        var newer = NewJournal();
        var refusal = await Should.ThrowAsync<JournalMisconfiguredException>(() => newer.Open(Cancellation));
        await newer.DisposeAsync();

        refusal.Message.ShouldStartWith(
            "The journal's schema has version 99, but this version of the product knows only"
        );
        refusal.Message.ShouldEndWith("Start the version that was in use before, or a newer one.");
    }

    internal static async Task Eventually(Func<Task<bool>> holds, string awaited)
    {
        var deadline = TimeProvider.System.GetTimestamp();
        while (!await holds())
        {
            var waited = TimeProvider.System.GetElapsedTime(deadline);
            waited.ShouldBeLessThan(WaitMax, $"Waited {WaitMax.TotalSeconds} s for {awaited}.");
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Cancellation);
        }
    }

    /// <summary>A store that is too busy for a moment is asked again, as callers do.</summary>
    protected static async Task AppendOnce(IJournal journal, Append append)
    {
        try
        {
            (await journal.Append(append, Cancellation)).Outcome.ShouldBe(AppendOutcome.Committed);
        }
        catch (JournalUnavailableException)
        {
            var again = await journal.Append(append, Cancellation);
            again.Outcome.ShouldBeOneOf(AppendOutcome.Committed, AppendOutcome.Repeated);
        }
    }

    private static async Task AppendMany(IJournal journal, string grain, int count)
    {
        for (var i = 0; i < count; i++)
        {
            await AppendOnce(journal, To(grain, i * 2, "one", "two"));
        }
    }

    /// <summary>Each is held inside its transaction until a reader has looked 20 times for what is missing.</summary>
    private async Task HoldSomeAppends(IJournal observer, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var (held, committed) = AppendHeld(To($"acme/held/{i}", 0, "held"), release.Task);
            await held;
            for (var look = 0; look < 20; look++)
            {
                var last = await observer.LastPosition(Cancellation);
                (await observer.ReadAll(last, 10, Cancellation)).ShouldNotContain(one => one.Grain == $"acme/held/{i}");
                await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, Cancellation);
            }
            release.SetResult();
            await committed;
        }
    }

    private static Task<List<RecordedEvent>> Follow(IJournal journal, int total) =>
        Follow(journal, total, Cancellation);

    private static async Task<List<RecordedEvent>> Follow(IJournal journal, int total, CancellationToken cancellation)
    {
        var seen = new List<RecordedEvent>();
        var position = 0L;
        while (seen.Count < total)
        {
            await journal.WaitForEvents(position, cancellation);
            foreach (var one in await journal.ReadAll(position, 37, cancellation))
            {
                one.Position.ShouldBe(position + 1);
                position = one.Position;
                seen.Add(one);
            }
        }
        return seen;
    }

    private static async Task<RecordedEvent> ReadNext(IJournal journal, long after)
    {
        while (true)
        {
            await journal.WaitForEvents(after, Cancellation);
            if (await journal.ReadAll(after, 1, Cancellation) is [var next])
            {
                return next;
            }
        }
    }
}
