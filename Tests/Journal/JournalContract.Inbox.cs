using EcosystemSilo.Journal;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Journal;

public abstract partial class JournalContract
{
    [Fact]
    public async Task TheSameCommand_TakesEffectOnce()
    {
        var append = To("acme/partner/p", 0, "registered", "approved");
        var first = await MustCommit(append);

        // The sender repeats it after the grain has moved on, and the grain decided on its newest version.
        await MustCommit(To("acme/partner/p", 2, "advanced"));
        var repeat = await Commit(append with { ExpectedVersion = 3 });

        repeat.ShouldBe(first with { Outcome = AppendOutcome.Repeated });
        (await Everything()).Count.ShouldBe(3);
    }

    [Fact]
    public async Task TheSameIdForSomethingElse_IsRefused_AlsoForAnotherGrain()
    {
        var command = Command("acme/source/s-1", "msg_1");
        await MustCommit(To("acme/partner/p", 0, "registered") with { Command = command });

        var other = command with { Hash = Command("", "x", "another body").Hash };
        var result = await Commit(To("acme/partner/q", 0, "registered") with { Command = other });

        result.Outcome.ShouldBe(AppendOutcome.IdReused);
        result.Grain.ShouldBe("acme/partner/p");
        (await Everything()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task TheSameIdInAnotherScope_IsAnotherCommand()
    {
        await MustCommit(To("acme/partner/p", 0, "registered") with { Command = Command("acme/source/a", "1") });
        await MustCommit(To("acme/partner/q", 0, "registered") with { Command = Command("acme/source/b", "1") });
    }

    [Fact]
    public async Task ARepeat_IsToldFromAConflict_AtAStaleVersion()
    {
        var append = To("acme/partner/p", 0, "registered");
        await MustCommit(append);

        (await Commit(append)).Outcome.ShouldBe(AppendOutcome.Repeated);
    }

    [Fact]
    public async Task TheSameCommandManyTimesAtOnce_TakesEffectOnce()
    {
        var append = To("acme/partner/p", 0, "registered");
        var other = await OpenAnother();
        var copies = Enumerable.Range(0, 50).Select(i => (i % 2 == 0 ? Journal : other).Append(append, Cancellation));

        var results = await Task.WhenAll(copies);

        results.Count(result => result.Outcome == AppendOutcome.Committed).ShouldBe(1);
        results.Count(result => result.Outcome == AppendOutcome.Repeated).ShouldBe(49);
        results.ShouldAllBe(result => result.Version == 1 && result.Position == 1);
    }

    [Fact]
    public async Task OneIdForTwoGrainsAtOnce_ReachesOne()
    {
        var command = Command("acme/source/s-1", "msg_1");
        var results = await Task.WhenAll(
            Commit(To("acme/partner/a", 0, "registered") with { Command = command }),
            Commit(To("acme/partner/b", 0, "registered") with { Command = command }),
            Commit(
                To("acme/partner/c", 0, "registered") with
                {
                    Command = Command(command.Scope, command.Id, "other"),
                }
            ),
            Commit(To("acme/partner/d", 0, "registered"))
        );

        results
            .Select(result => (result.Outcome, result.Grain))
            .ShouldBe([
                (AppendOutcome.Committed, "acme/partner/a"),
                (AppendOutcome.Repeated, "acme/partner/a"),
                (AppendOutcome.IdReused, "acme/partner/a"),
                (AppendOutcome.Committed, "acme/partner/d"),
            ]);
    }

    [Fact]
    public async Task ARepeatAmongAHotGrainsAppends_ChangesNothingForTheOthers()
    {
        var appends = Enumerable
            .Range(0, 60)
            .Select(i =>
                To("acme/partner/hot", i * 2, $"a{i}", $"b{i}") with
                {
                    Deadlines = [new DeadlineChange("next", i % 7 == 4 ? null : Noon.AddMinutes(i))],
                }
            )
            .ToList();
        appends.Insert(40, appends[30]);
        appends.Insert(20, To("acme/partner/neighbour", 0, "n1", "n2", "n3"));

        var results = await Task.WhenAll(appends.Select(Commit));

        results.Count(result => result.Outcome == AppendOutcome.Committed).ShouldBe(61);
        results[41].ShouldBe(results[31] with { Outcome = AppendOutcome.Repeated });
        var all = await Everything();
        all.Select(one => one.Position).ShouldBe(Enumerable.Range(1, 123).Select(i => (long)i));
        foreach (var result in results)
        {
            var last = all[(int)result.Position - 1];
            (last.Grain, last.Version).ShouldBe((result.Grain, result.Version));
        }
        var names = all.Where(one => one.Grain == "acme/partner/hot").Select(one => one.Name);
        names.ShouldBe(Enumerable.Range(0, 60).SelectMany(i => new[] { $"a{i}", $"b{i}" }));
        (await Journal.DueDeadlines(Noon.AddDays(1), 10, Cancellation)).Single().Due.ShouldBe(Noon.AddMinutes(59));
    }

    [Fact]
    public async Task ACommandWithoutEvents_IsRemembered_AndMovesNothing()
    {
        await MustCommit(To("acme/partner/p", 0, "registered"));
        var nothing = To("acme/partner/p", 1);

        var result = await MustCommit(nothing);

        result.Version.ShouldBe(1);
        result.Position.ShouldBe(1);
        (await Commit(nothing)).Outcome.ShouldBe(AppendOutcome.Repeated);
        (await MustCommit(To("acme/partner/p", 1, "approved"))).Position.ShouldBe(2);
    }

    [Fact]
    public async Task TheInbox_SaysWhereACommandWent()
    {
        var append = To("acme/partner/p", 0, "registered", "approved");
        await MustCommit(append);

        var entry = await Journal.FindCommand(append.Command.Scope, append.Command.Id, Cancellation);

        entry.ShouldNotBeNull();
        entry.Grain.ShouldBe("acme/partner/p");
        entry.Version.ShouldBe(2);
        entry.Hash.ToArray().ShouldBe(append.Command.Hash.ToArray());
        (await Journal.FindCommand(append.Command.Scope, "never sent", Cancellation)).ShouldBeNull();
    }

    [Fact]
    public async Task CommandsOlderThanAnyRepeat_AreForgotten_ButNotYoungerOnes()
    {
        var now = TimeProvider.System.GetUtcNow();
        var old = To("acme/partner/p", 0, "registered") with
        {
            At = now - JournalLimits.InboxKept - TimeSpan.FromHours(1),
        };
        var young = To("acme/partner/q", 0, "registered") with
        {
            At = now - JournalLimits.InboxKept + TimeSpan.FromHours(1),
        };
        await MustCommit(old);
        await MustCommit(young);

        await Restart();

        await Eventually(
            async () => await Journal.FindCommand(old.Command.Scope, old.Command.Id, Cancellation) is null,
            "the old command to be forgotten"
        );
        (await Journal.FindCommand(young.Command.Scope, young.Command.Id, Cancellation)).ShouldNotBeNull();
        (await Everything()).Count.ShouldBe(2);
    }
}
