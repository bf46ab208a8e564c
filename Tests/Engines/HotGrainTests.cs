using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Accounts;
using EcosystemSilo.Grains.Interfaces.Deals;
using EcosystemSilo.Grains.Interfaces.Sources;
using EcosystemSilo.Journal.Memory;
using EcosystemSilo.Silo;
using EcosystemSilo.Tests.Support;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Engines;

/// <summary>A busy grain decides ahead of its commits, and acknowledges only behind them.</summary>
public sealed class HotGrainTests
{
    private static readonly GrainKey Key = SourceCommands.Key;
    private static readonly GrainKey Deal = DealKey.Of(TestSilo.Acme, new DealId("d-1"));

    [Fact]
    public async Task AThousandCommandsAtOnce_AllTakeEffectOnce_InVersionsWithoutGap()
    {
        await using var silo = await TestSilo.Start();
        await silo.Accept(Key, SourceCommands.Create);

        var versions = await Task.WhenAll(
            Enumerable.Range(0, 1_000).Select(n => Task.Run(() => silo.Accept(Key, SourceCommands.Change(n))))
        );

        versions.Order().ShouldBe(Enumerable.Range(2, 1_000).Select(version => (long)version));
        var events = await silo.Events(Key);
        events.Select(e => e.Version).ShouldBe(Enumerable.Range(1, 1_001).Select(version => (long)version));
        events.Select(e => e.CommandId).ShouldBeUnique();
        var view = (await silo.Read<SourceView>(Key)).View;
        view.ShouldBeEquivalentTo((await silo.Read<SourceView>(Key, ReadAt.Version(1_001))).View);
    }

    [Fact]
    public async Task AThousandClaimsAtOnce_ProtectOneDeal_AndAnswerEveryOther()
    {
        await using var silo = await TestSilo.Start();
        var account = AccountKey.Of(TestSilo.Acme, "stmary.org", new ProductId("enterprise"));

        await Task.WhenAll(
            Enumerable
                .Range(0, 1_000)
                .Select(n =>
                    Task.Run(() => silo.Accept(account, new ClaimAccount(new DealId($"d-{n}"), new PartnerId("p"))))
                )
        );

        var events = await silo.Events(account);
        events.Count.ShouldBe(1_000);
        events.Count(e => e.Name == Wire.Of(typeof(AccountProtected)).Name).ShouldBe(1);
        events.Select(e => e.CommandId).ShouldBeUnique();
    }

    [Fact]
    public async Task ACommandDecidedOnUncommittedState_IsAcknowledgedOnlyBehindItsOwnCommit()
    {
        var (silo, journal) = await Silos.Watched();
        await using var _ = silo;
        await silo.Accept(Key, SourceCommands.Create);
        var gate = new Gate();
        journal.BeforeAppend = _ => gate.Pass();

        var first = silo.Ask(Key, SourceCommands.Change(1));
        var second = silo.Ask(Key, SourceCommands.Change(2));
        await gate.Arrived(2);

        (first.IsCompleted, second.IsCompleted).ShouldBe((false, false));
        (await silo.Read<SourceView>(Key)).Version.ShouldBe(1, "a read shows what is committed");
        gate.Open();
        (await first).ShouldBe(new Accepted(Key, 2, Repeated: false));
        (await second).ShouldBe(new Accepted(Key, 3, Repeated: false));
    }

    [Fact]
    public async Task ARefusalDecidedOnUncommittedState_WaitsForThatState()
    {
        var (silo, journal) = await Silos.Watched();
        await using var _ = silo;
        await Register(silo);
        var gate = new Gate();
        journal.BeforeAppend = _ => gate.Pass();

        var withdrawal = silo.Ask(Deal, new WithdrawDeal());
        await gate.Arrived();
        var approval = silo.Ask(Deal, new ApproveDeal());

        await silo.Read<DealView>(Deal);
        approval.IsCompleted.ShouldBeFalse();
        gate.Open();
        (await withdrawal).ShouldBeOfType<Accepted>();
        (await approval).ShouldBeOfType<Refused>().Refusal.Code.ShouldBe(Refusals.StatusForbids);
    }

    [Fact]
    public async Task AFullMailbox_TurnsCallersAway_AndLosesNoneOfThoseInside()
    {
        var (silo, journal) = await Silos.Watched();
        await using var _ = silo;
        var gate = new Gate();
        journal.BeforeLoad = grain => grain == Key.ToString() ? gate.Pass() : Task.CompletedTask;
        var inside = new List<Task<Reply>> { silo.Ask(Key, SourceCommands.Create) };
        await gate.Arrived();
        inside.AddRange(
            Enumerable.Range(1, Limits.UndecidedMax - 1).Select(n => silo.Ask(Key, SourceCommands.Change(n)))
        );

        var turnedAway = await Should.ThrowAsync<GrainUnavailableException>(() =>
            silo.Ask(Key, SourceCommands.Change(0))
        );

        turnedAway.Message.ShouldBe($"{Key} has {Limits.UndecidedMax} commands waiting; try again soon.");
        gate.Open();
        (await Task.WhenAll(inside)).ShouldAllBe(reply => reply is Accepted);
        (await silo.Events(Key)).Count.ShouldBe(Limits.UndecidedMax);
    }

    [Fact]
    public async Task AnExpectedVersion_IsChecked_AndDoesNotStandInTheWayOfARepeat()
    {
        await using var silo = await Silos.On(new MemoryDisk());
        await silo.Accept(Key, SourceCommands.Create);

        var stale = await silo.Ask(Key, SourceCommands.Change(1), expectedVersion: 7);
        var right = await silo.Ask(Key, SourceCommands.Change(1), "change", expectedVersion: 1);
        var again = await silo.Ask(Key, SourceCommands.Change(1), "change", expectedVersion: 1);

        stale.ShouldBeOfType<Refused>().Refusal.Code.ShouldBe(Refusals.VersionMismatch);
        stale.ShouldBeOfType<Refused>().Refusal.Message.ShouldBe("source 's-1' is at version 1, not 7; read it again.");
        right.ShouldBe(new Accepted(Key, 2, Repeated: false));
        again.ShouldBe(new Accepted(Key, 2, Repeated: true));
    }

    /// <summary>Registers the deal and waits until its account has answered, so that nothing else touches it.</summary>
    private static async Task Register(TestSilo silo)
    {
        await silo.Accept(
            Deal,
            new RegisterDeal(new PartnerId("p-1"), new Customer("St Mary", "stmary.org"), new ProductId("enterprise"))
        );
        await silo.Until<DealView>(Deal, deal => deal.Protection == Protection.Protected, "protection");
    }
}
