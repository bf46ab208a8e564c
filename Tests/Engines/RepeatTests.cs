using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Deals;
using EcosystemSilo.Grains.Interfaces.Sources;
using EcosystemSilo.Journal.Memory;
using EcosystemSilo.Tests.Support;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Engines;

/// <summary>A command id takes effect at most once; a repeat gets the first answer; another body is refused.</summary>
public sealed class RepeatTests
{
    private static readonly GrainKey Key = SourceCommands.Key;
    private static readonly GrainKey Deal = DealKey.Of(TestSilo.Acme, new DealId("d-1"));

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static readonly RegisterDeal Register = new(
        new PartnerId("p-1"),
        new Customer("St Mary", "stmary.org"),
        new ProductId("enterprise")
    );

    [Fact]
    public async Task TheSameIdAgain_GetsTheFirstAnswer()
    {
        await using var silo = await Silos.On(new MemoryDisk());
        await silo.Accept(Key, SourceCommands.Create, "create");
        await silo.Accept(Key, SourceCommands.Change(1), "change");
        await silo.Accept(Key, SourceCommands.Change(2));

        (await silo.Ask(Key, SourceCommands.Change(1), "change")).ShouldBe(new Accepted(Key, 2, Repeated: true));
        (await silo.Ask(Key, SourceCommands.Create, "create")).ShouldBe(new Accepted(Key, 1, Repeated: true));
        (await silo.Events(Key)).Count.ShouldBe(3);
        (await silo.Accept(Key, SourceCommands.Change(3))).ShouldBe(4);
    }

    [Fact]
    public async Task ABugBehindARefusal_ReachesTheCaller()
    {
        var (silo, journal) = await Silos.Watched();
        await using var _ = silo;
        await silo.Accept(Key, SourceCommands.Create);
        journal.BeforeFindCommand = _ => throw new InvalidOperationException("a bug");

        var asking = silo.Ask(Key, SourceCommands.Create, "again")
            .WaitAsync(Patience, TestContext.Current.CancellationToken);

        (await Should.ThrowAsync<InvalidOperationException>(() => asking)).Message.ShouldBe("a bug");
    }

    [Fact]
    public async Task TheSameIdAfterARestart_GetsTheFirstAnswer()
    {
        var disk = new MemoryDisk();
        await using (var before = await Silos.On(disk))
        {
            await before.Accept(Key, SourceCommands.Create, "create");
        }

        await using var after = await Silos.On(disk);

        (await after.Ask(Key, SourceCommands.Create, "create")).ShouldBe(new Accepted(Key, 1, Repeated: true));
    }

    [Fact]
    public async Task TheSameIdAgain_GetsTheFirstAnswer_AlsoWhenItWouldNowBeRefused()
    {
        await using var silo = await Silos.On(new MemoryDisk());
        await silo.Accept(Deal, Register);
        var first = await silo.Ask(Deal, new ReturnDeal("why?"), "return");
        await silo.Accept(Deal, new WithdrawDeal());

        var again = await silo.Ask(Deal, new ReturnDeal("why?"), "return");

        again.ShouldBe(first.ShouldBeOfType<Accepted>() with { Repeated = true });
    }

    [Fact]
    public async Task ACommandThatFoundNothingToDo_IsRememberedToo()
    {
        await using var silo = await Silos.On(new MemoryDisk());
        await silo.Accept(Deal, Register with { Amount = new Money(5, "USD") });
        var version = (
            await silo.Ask(Deal, new ChangeDealAmount(new Money(5, "USD")), "amount")
        ).ShouldBeOfType<Accepted>();
        await silo.Accept(Deal, new ChangeDealAmount(new Money(6, "USD")));

        var again = await silo.Ask(Deal, new ChangeDealAmount(new Money(5, "USD")), "amount");

        again.ShouldBe(version with { Repeated = true });
        (await silo.Read<DealView>(Deal)).View.Amount.ShouldBe(new Money(6, "USD"));
    }

    [Fact]
    public async Task TheSameIdWithAnotherBody_IsRefused()
    {
        await using var silo = await Silos.On(new MemoryDisk());
        await silo.Accept(Key, SourceCommands.Create);
        await silo.Accept(Key, SourceCommands.Change(1), "change");

        Code(await silo.Ask(Key, SourceCommands.Change(2), "change")).ShouldBe(Refusals.IdReused);
        Code(await silo.Ask(Key, SourceCommands.Create, "change")).ShouldBe(Refusals.IdReused);
        (await silo.Events(Key)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task TheSameIdForAnotherGrain_IsRefused()
    {
        await using var silo = await Silos.On(new MemoryDisk());
        var other = Key with { Id = "s-2" };
        await silo.Accept(Key, SourceCommands.Create, "create");

        Code(await silo.Ask(other, SourceCommands.Create, "create")).ShouldBe(Refusals.IdReused);
        (await silo.Events(other)).ShouldBeEmpty();
    }

    [Fact]
    public async Task TheSameIdOfAnotherCaller_IsAnotherCommand()
    {
        await using var silo = await Silos.On(new MemoryDisk());
        await silo.Accept(Key, SourceCommands.Create);
        await silo.Ask(Key, SourceCommands.Change(1), "change", "acme/one");

        (await silo.Ask(Key, SourceCommands.Change(2), "change", "acme/two")).ShouldBe(
            new Accepted(Key, 3, Repeated: false)
        );
    }

    [Fact]
    public async Task ARefusedCommand_MayBeSentAgainUnderItsId()
    {
        await using var silo = await Silos.On(new MemoryDisk());
        Code(await silo.Ask(Key, SourceCommands.Change(1), "change")).ShouldBe(Refusals.NotFound);
        await silo.Accept(Key, SourceCommands.Create);

        (await silo.Ask(Key, SourceCommands.Change(1), "change")).ShouldBe(new Accepted(Key, 2, Repeated: false));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task FiftyIdenticalAtOnce_HaveOneEffect_AndGetOneAnswer(int processes)
    {
        var disk = new MemoryDisk();
        await using var one = await Silos.On(disk);
        await using var two = await Silos.On(disk);
        await one.Accept(Key, SourceCommands.Create);
        var silos = new[] { one, two }.Take(processes).ToArray();

        var replies = await Task.WhenAll(
            Enumerable
                .Range(0, 50)
                .Select(n => Task.Run(() => silos[n % processes].Ask(Key, SourceCommands.Change(1), "id")))
        );

        replies.ShouldAllBe(reply => reply is Accepted && ((Accepted)reply).Version == 2);
        replies.Cast<Accepted>().Count(reply => !reply.Repeated).ShouldBe(1);
        (await one.Events(Key)).Count.ShouldBe(2);
        (await one.Read<SourceView>(Key)).Version.ShouldBe(2);
    }

    [Fact]
    public async Task OneIdWithTwoBodiesAtOnce_HasOneEffect_AndRefusesTheOther()
    {
        await using var silo = await Silos.On(new MemoryDisk());
        await silo.Accept(Key, SourceCommands.Create);

        var replies = await Task.WhenAll(
            Enumerable.Range(0, 50).Select(n => Task.Run(() => silo.Ask(Key, SourceCommands.Change(n % 2), "id")))
        );

        replies.OfType<Accepted>().Count().ShouldBe(25);
        replies.OfType<Refused>().Select(Code).ShouldAllBe(code => code == Refusals.IdReused);
        (await silo.Events(Key)).Count.ShouldBe(2);
    }

    private static string Code(Reply reply) => reply.ShouldBeOfType<Refused>().Refusal.Code;
}
