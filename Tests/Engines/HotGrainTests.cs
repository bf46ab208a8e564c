using System.Text.Json;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Accounts;
using EcosystemSilo.Grains.Interfaces.Deals;
using EcosystemSilo.Grains.Interfaces.People;
using EcosystemSilo.Grains.Interfaces.Sources;
using EcosystemSilo.Grains.Interfaces.WearableStreams;
using EcosystemSilo.Silo;
using EcosystemSilo.Tests.Support;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Engines;

/// <summary>A busy grain decides ahead of its commits, and acknowledges only behind them.</summary>
public abstract class HotGrainTests(RunningEngine engine) : EngineSuite(engine)
{
    [Fact]
    public async Task AThousandCommandsAtOnce_AllTakeEffectOnce_InVersionsWithoutGap()
    {
        await Accept(Key, SourceCommands.Create);

        var versions = await Task.WhenAll(
            Enumerable.Range(0, 1_000).Select(n => Task.Run(() => Accept(Key, SourceCommands.Change(n))))
        );

        versions.Order().ShouldBe(Enumerable.Range(2, 1_000).Select(version => (long)version));
        var events = await Events(Key);
        events.Select(e => e.Version).ShouldBe(Enumerable.Range(1, 1_001).Select(version => (long)version));
        events.Select(e => e.CommandId).ShouldBeUnique();
        Text((await Read<SourceView>(Key)).View)
            .ShouldBe(Text((await Read<SourceView>(Key, ReadAt.Version(1_001))).View));

        static string Text(SourceView view) => JsonSerializer.Serialize(view, Wire.Options);
    }

    [Fact]
    public async Task AThousandClaimsAtOnce_ProtectOneDeal_AndAnswerEveryOther()
    {
        var account = AccountKey.Of(TestSilo.Acme, $"{Name}.org", new ProductId("enterprise"));

        await Task.WhenAll(
            Enumerable
                .Range(0, 1_000)
                .Select(n =>
                    Task.Run(() => Accept(account, new ClaimAccount(new DealId($"{Name}-{n}"), new PartnerId("p"))))
                )
        );

        var events = await Events(account);
        events.Count.ShouldBe(1_000);
        events.Count(e => e.Name == Wire.Of(typeof(AccountProtected)).Name).ShouldBe(1);
        events.Select(e => e.CommandId).ShouldBeUnique();
    }

    [Fact]
    public async Task ACommandDecidedOnUncommittedState_IsAcknowledgedOnlyBehindItsOwnCommit()
    {
        await Accept(Key, SourceCommands.Create);
        var gate = new Gate();
        BeforeAppend = _ => gate.Pass();

        var first = Ask(Key, SourceCommands.Change(1));
        await gate.Arrived();
        var second = Ask(Key, SourceCommands.Change(2));
        await gate.Arrived();

        (first.IsCompleted, second.IsCompleted).ShouldBe((false, false));
        (await Read<SourceView>(Key)).Version.ShouldBe(1, "a read shows what is committed");
        gate.Open();
        (await first).ShouldBe(new Accepted(Key, 2, Repeated: false));
        (await second).ShouldBe(new Accepted(Key, 3, Repeated: false));
    }

    [Fact]
    public async Task ARefusalDecidedOnUncommittedState_WaitsForThatState()
    {
        await Register();
        var gate = new Gate();
        BeforeAppend = _ => gate.Pass();

        var withdrawal = Ask(Deal, new WithdrawDeal());
        await gate.Arrived();
        var caller = Caller;
        var approval = caller.Ask(Deal, new ApproveDeal());

        await caller.Read<DealView>(Deal);
        approval.IsCompleted.ShouldBeFalse();
        gate.Open();
        (await withdrawal).ShouldBeOfType<Accepted>();
        (await approval).ShouldBeOfType<Refused>().Refusal.Code.ShouldBe(Refusals.StatusForbids);
    }

    [Fact]
    public async Task AFullMailbox_TurnsCallersAway_AndLosesNoneOfThoseInside()
    {
        const int TooMany = 20;
        var gate = new Gate();
        BeforeLoad = grain => grain == Key.ToString() ? gate.Pass() : Task.CompletedTask;
        var create = Ask(Key, SourceCommands.Create);
        await gate.Arrived();

        var changes = Enumerable
            .Range(0, Limits.UndecidedMax - 1 + TooMany)
            .Select(n => TurnedAway.OrAnswered(Ask(Key, SourceCommands.Change(n))))
            .ToArray();
        await Awaited.Until(
            () => Task.FromResult(changes.Count(change => change.IsCompleted) >= TooMany),
            "those for whom there is no room to be turned away"
        );
        gate.Open();

        var told = await Task.WhenAll(changes);
        told.OfType<string>()
            .ShouldBe(Enumerable.Repeat($"{Key} has {Limits.UndecidedMax} commands waiting; try again soon.", TooMany));
        told.OfType<Accepted>().Count().ShouldBe(Limits.UndecidedMax - 1);
        (await create).ShouldBe(new Accepted(Key, 1, Repeated: false));
        (await Events(Key)).Count.ShouldBe(Limits.UndecidedMax);
    }

    [Fact]
    public async Task AnExpectedVersion_IsChecked_AndDoesNotStandInTheWayOfARepeat()
    {
        await Accept(Key, SourceCommands.Create);

        var stale = await Ask(Key, SourceCommands.Change(1), expectedVersion: 7);
        var right = await Ask(Key, SourceCommands.Change(1), "change", expectedVersion: 1);
        var again = await Ask(Key, SourceCommands.Change(1), "change", expectedVersion: 1);

        stale.ShouldBeOfType<Refused>().Refusal.Code.ShouldBe(Refusals.VersionMismatch);
        stale
            .ShouldBeOfType<Refused>()
            .Refusal.Message.ShouldBe($"source '{Name}' is at version 1, not 7; read it again.");
        right.ShouldBe(new Accepted(Key, 2, Repeated: false));
        again.ShouldBe(new Accepted(Key, 2, Repeated: true));
    }

    [Fact]
    public async Task OwnCommits_AreKnown_WithoutALookIntoTheJournal()
    {
        var loads = CountLoads();
        await Accept(Key, SourceCommands.Create);

        await Task.WhenAll(Enumerable.Range(1, 300).Select(n => Accept(Key, SourceCommands.Change(n))));

        (await Read<SourceView>(Key)).Version.ShouldBe(301);
        loads.Loads.ShouldBe(1);
    }

    /// <summary>Its events are sealed under the person's key: fetching it must not come between decisions.</summary>
    [Fact]
    public async Task AThousandCommandsAtOnceOnAPersonsStream_MeetNoConflict()
    {
        var stream = WearableStreamKey.Of(TestSilo.Acme, new PersonId(Name), new SourceId(Name));
        var conflicts = new ConflictCount(Engine.Silos);

        await Task.WhenAll(
            Enumerable.Range(0, 1_000).Select(n => Accept(stream, new OpenStream($"user-{n}", Purpose.Coaching)))
        );

        (await Events(stream)).Count(e => e.Name == Wire.Of(typeof(StreamUserNamed)).Name).ShouldBe(1_000);
        conflicts.Count.ShouldBe(0);
    }

    /// <summary>Registers the deal and waits until its account has answered, so that nothing else touches it.</summary>
    private async Task Register()
    {
        await Accept(Deal, Registration);
        await Until<DealView>(Deal, deal => deal.Protection == Protection.Protected, "protection");
    }
}
