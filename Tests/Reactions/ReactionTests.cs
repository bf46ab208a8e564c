using System.Collections.Concurrent;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Accounts;
using EcosystemSilo.Grains.Interfaces.Deals;
using EcosystemSilo.Grains.Interfaces.Sources;
using EcosystemSilo.Grains.Reactions;
using EcosystemSilo.Journal;
using EcosystemSilo.Journal.Memory;
using EcosystemSilo.Tests.Engines;
using EcosystemSilo.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Reactions;

/// <summary>What follows from an event follows once, whatever is read again.</summary>
public sealed class ReactionTests
{
    private static readonly GrainKey Deal = DealKey.Of(TestSilo.Acme, new DealId("d-1"));
    private static readonly GrainKey Account = AccountKey.Of(TestSilo.Acme, "stmary.org", new ProductId("enterprise"));
    private readonly MemoryDisk _disk = new();

    [Fact]
    public async Task ACrashBetweenFollowUpAndCheckpoint_HasNoSecondEffect()
    {
        await using (var before = await TestSilo.Start(journal: WithoutCheckpoints()))
        {
            await Register(before);
        }

        await using var after = await Silos.On(_disk);
        var end = await Settled(after);

        (await after.Events(Account)).Count.ShouldBe(1);
        (await after.Events(Deal)).Count.ShouldBe(3);
        end.ShouldBe(4 + Blueprints);
    }

    [Fact]
    public async Task ARestart_GoesOnFromTheCheckpoint()
    {
        await using (var before = await Silos.On(_disk))
        {
            await Register(before);
            await Settled(before);
        }

        var sent = new ConcurrentBag<string>();
        var journal = Watched();
        journal.BeforeAppend = append =>
        {
            sent.Add(append.Grain);
            return Task.CompletedTask;
        };
        await using var after = await TestSilo.Start(journal: journal);
        await Settled(after);

        sent.ShouldNotContain(Deal.ToString(), "what followed long before the restart");
        sent.ShouldNotContain(Account.ToString(), "what followed long before the restart");
    }

    [Fact]
    public async Task AStopInTheMiddleOfAPage_KeepsWhatWasFollowedBefore()
    {
        var journal = Watched();
        await using (var before = await TestSilo.Start(journal: journal))
        {
            await Register(before);
            var begun = new TaskCompletionSource();
            journal.BeforeAppend = append =>
            {
                if (append.Command.Scope != "acme/reaction")
                {
                    return Task.CompletedTask;
                }

                begun.TrySetResult();
                throw new JournalUnavailableException("down");
            };
            var last = DealKey.Of(TestSilo.Acme, new DealId("last"));
            await before.Accept(last, Command with { Customer = new Customer("Last", "last.org") });
            await begun.Task.WaitAsync(TestContext.Current.CancellationToken);
        }

        var checkpoint = await new MemoryJournal(_disk, TimeProvider.System).ReadCheckpoint(
            "reactions",
            TestContext.Current.CancellationToken
        );
        checkpoint.ShouldBeGreaterThanOrEqualTo(2 + Blueprints, "the first deal and its claim were followed");
    }

    [Fact]
    public async Task ACheckpointThatCannotBeReadAtFirst_IsWaitedFor_AndHistoryIsNotSentAgain()
    {
        await using (var before = await Silos.On(_disk))
        {
            await Register(before);
            await Settled(before);
        }

        var sent = new ConcurrentBag<string>();
        var journal = Watched();
        var failures = 2;
        journal.BeforeReadCheckpoint = reader =>
            reader == "reactions" && Interlocked.Decrement(ref failures) >= 0
                ? throw new JournalUnavailableException("down")
                : Task.CompletedTask;
        journal.BeforeAppend = append =>
        {
            sent.Add(append.Command.Scope);
            return Task.CompletedTask;
        };
        await using var after = await TestSilo.Start(journal: journal);
        var other = DealKey.Of(TestSilo.Acme, new DealId("d-2"));
        await after.Accept(other, Command);
        await after.Until<DealView>(other, deal => deal.Protection == Protection.Queued, "the queue");

        sent.Count(scope => scope == "acme/reaction").ShouldBe(2, "one claim and its answer");
    }

    [Fact]
    public async Task AReactionAddedBeforeTheOthers_ChangesNoIds()
    {
        await using (var before = await TestSilo.Start(journal: WithoutCheckpoints()))
        {
            await before.Accept(SourceCommands.Key, SourceCommands.Create);
            await Register(before);
        }

        var added = new Reaction(
            [typeof(DealRegistered)],
            (_, _) => [new FollowUp(SourceCommands.Key, SourceCommands.Change(1))]
        );
        IReadOnlyList<Reaction> reactions = [added, .. AllReactions.List];
        await using var after = await TestSilo.Start(
            journal: new MemoryJournal(_disk, TimeProvider.System),
            change: services => services.AddSingleton(reactions)
        );

        var mapping = SourceCommands.Change(1).Mapping;
        await after.Until<SourceView>(SourceCommands.Key, source => source.Mapping == mapping, "the added follow-up");
        (await after.Events(Account)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task WhileTheJournalIsDown_AFollowUpWaits_AndThenTakesEffect()
    {
        var journal = Watched();
        var failures = 3;
        journal.BeforeAppend = append =>
            append.Grain == Account.ToString() && Interlocked.Decrement(ref failures) >= 0
                ? throw new JournalUnavailableException("down")
                : Task.CompletedTask;
        await using var silo = await TestSilo.Start(journal: journal);

        await Register(silo);

        failures.ShouldBeLessThan(0);
        (await silo.Events(Account)).Count.ShouldBe(1);
    }

    /// <summary>Each ecosystem's blueprint is one event.</summary>
    private static int Blueprints => 2;

    private static RegisterDeal Command { get; } =
        new(new PartnerId("p-1"), new Customer("St Mary", "stmary.org"), new ProductId("enterprise"));

    private static async Task Register(TestSilo silo)
    {
        await silo.Accept(Deal, Command);
        await silo.Until<DealView>(Deal, deal => deal.Protection == Protection.Protected, "protection");
    }

    /// <summary>Waits until the reactions have read all there is; a later deal passes through them last.</summary>
    private static async Task<long> Settled(TestSilo silo)
    {
        var end = await silo.Journal.LastPosition(TestContext.Current.CancellationToken);
        var last = DealKey.Of(TestSilo.Acme, new DealId($"last-{Guid.NewGuid():n}"));
        await silo.Accept(last, Command with { Customer = new Customer("Last", $"{last.Id}.org") });
        await silo.Until<DealView>(last, deal => deal.Protection == Protection.Protected, "the last follow-up");
        return end;
    }

    private WatchedJournal Watched() => new(new MemoryJournal(_disk, TimeProvider.System));

    private WatchedJournal WithoutCheckpoints() =>
        new(new MemoryJournal(_disk, TimeProvider.System)) { Saves = progress => progress.Reader != "reactions" };
}
