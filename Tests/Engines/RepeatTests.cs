using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Deals;
using EcosystemSilo.Grains.Interfaces.Deliveries;
using EcosystemSilo.Grains.Interfaces.Sources;
using EcosystemSilo.Tests.Support;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Engines;

/// <summary>A command id takes effect at most once; a repeat gets the first answer; another body is refused.</summary>
public abstract class RepeatTests(RunningEngine engine) : EngineSuite(engine)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task TheSameIdAgain_GetsTheFirstAnswer()
    {
        await Accept(Key, SourceCommands.Create, "create");
        await Accept(Key, SourceCommands.Change(1), "change");
        await Accept(Key, SourceCommands.Change(2));

        (await Ask(Key, SourceCommands.Change(1), "change")).ShouldBe(new Accepted(Key, 2, Repeated: true));
        (await Ask(Key, SourceCommands.Create, "create")).ShouldBe(new Accepted(Key, 1, Repeated: true));
        (await Events(Key)).Count.ShouldBe(3);
        (await Accept(Key, SourceCommands.Change(3))).ShouldBe(4);
    }

    [Fact]
    public async Task ABugBehindARefusal_ReachesTheCaller()
    {
        await Accept(Key, SourceCommands.Create);
        BeforeFindCommand = _ => throw new InvalidOperationException("a bug");

        var asking = Ask(Key, SourceCommands.Create, "again")
            .WaitAsync(Patience, TestContext.Current.CancellationToken);

        (await Should.ThrowAsync<InvalidOperationException>(() => asking)).Message.ShouldBe("a bug");
    }

    [Fact]
    public async Task TheSameIdAgain_GetsTheFirstAnswer_AlsoWhenItWouldNowBeRefused()
    {
        await Accept(Deal, Registration);
        var first = await Ask(Deal, new ReturnDeal("why?"), "return");
        await Accept(Deal, new WithdrawDeal());

        var again = await Ask(Deal, new ReturnDeal("why?"), "return");

        again.ShouldBe(first.ShouldBeOfType<Accepted>() with { Repeated = true });
    }

    [Fact]
    public async Task ACommandThatFoundNothingToDo_IsRememberedToo()
    {
        await Accept(Deal, Registration with { Amount = new Money(5, "USD") });
        var version = (await Ask(Deal, new ChangeDealAmount(new Money(5, "USD")), "amount")).ShouldBeOfType<Accepted>();
        await Accept(Deal, new ChangeDealAmount(new Money(6, "USD")));

        var again = await Ask(Deal, new ChangeDealAmount(new Money(5, "USD")), "amount");

        again.ShouldBe(version with { Repeated = true });
        (await Read<DealView>(Deal)).View.Amount.ShouldBe(new Money(6, "USD"));
    }

    [Fact]
    public async Task TheSameIdWithAnotherBody_IsRefused()
    {
        await Accept(Key, SourceCommands.Create);
        await Accept(Key, SourceCommands.Change(1), "change");

        Code(await Ask(Key, SourceCommands.Change(2), "change")).ShouldBe(Refusals.IdReused);
        Code(await Ask(Key, SourceCommands.Create, "change")).ShouldBe(Refusals.IdReused);
        (await Events(Key)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task TheSameIdForAnotherGrain_IsRefused()
    {
        var other = Key with { Id = "s-2" };
        await Accept(Key, SourceCommands.Create, "create");

        Code(await Ask(other, SourceCommands.Create, "create")).ShouldBe(Refusals.IdReused);
        (await Events(other)).ShouldBeEmpty();
    }

    [Fact]
    public async Task TheSameIdOfAnotherCaller_IsAnotherCommand()
    {
        await Accept(Key, SourceCommands.Create);
        await Ask(Key, SourceCommands.Change(1), "change", "acme/one");

        (await Ask(Key, SourceCommands.Change(2), "change", "acme/two")).ShouldBe(
            new Accepted(Key, 3, Repeated: false)
        );
    }

    [Fact]
    public async Task ARefusedCommand_MayBeSentAgainUnderItsId()
    {
        Code(await Ask(Key, SourceCommands.Change(1), "change")).ShouldBe(Refusals.NotFound);
        await Accept(Key, SourceCommands.Create);

        (await Ask(Key, SourceCommands.Change(1), "change")).ShouldBe(new Accepted(Key, 2, Repeated: false));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task FiftyIdenticalAtOnce_HaveOneEffect_AndGetOneAnswer(int activations)
    {
        await Accept(Key, SourceCommands.Create);
        var replies = await Task.WhenAll(
            Enumerable
                .Range(0, 50)
                .Select(n => n % activations == 0 ? Caller : Outsider)
                .Select(silo => Task.Run(() => silo.Ask(Key, SourceCommands.Change(1), Id("id"))))
        );

        replies.ShouldAllBe(reply => reply is Accepted && ((Accepted)reply).Version == 2);
        replies.Cast<Accepted>().Count(reply => !reply.Repeated).ShouldBe(1);
        (await Events(Key)).Count.ShouldBe(2);
        (await Read<SourceView>(Key)).Version.ShouldBe(2);
    }

    [Fact]
    public async Task OneIdWithTwoBodiesAtOnce_HasOneEffect_AndRefusesTheOther()
    {
        await Accept(Key, SourceCommands.Create);

        var replies = await Task.WhenAll(
            Enumerable.Range(0, 50).Select(n => Task.Run(() => Insist(SourceCommands.Change(n % 2), "id")))
        );

        replies.OfType<Accepted>().Count().ShouldBe(25);
        replies.OfType<Refused>().Select(Code).ShouldAllBe(code => code == Refusals.IdReused);
        (await Events(Key)).Count.ShouldBe(2);
    }

    /// <summary>
    /// Where two silos have the grain for a moment, a caller may be told to send the same again, and does.
    /// </summary>
    private async Task<Reply> Insist(ICommand command, string id)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                return await Ask(Key, command, id);
            }
            catch (GrainUnavailableException) when (TimeProvider.System.GetElapsedTime(since) < Patience)
            {
                // Told to send it again.
            }
        }
    }

    [Fact]
    public async Task ARepeatThatComesWhileItsFirstIsLoading_WaitsForIt_AndDoesNotLoadAgain()
    {
        var gate = new Gate();
        var loads = 0;
        BeforeLoad = _ =>
        {
            Interlocked.Increment(ref loads);
            return gate.Pass();
        };

        Engine.Calls.Watch(Id("create"));
        var first = Ask(Key, SourceCommands.Create, "create");
        await gate.Arrived();
        var again = Engine.Callers.Select(caller => caller.Ask(Key, SourceCommands.Create, Id("create"))).ToArray();
        await Came(1 + again.Length);
        gate.Open();

        var replies = await Task.WhenAll([first, .. again]);
        replies.ShouldAllBe(reply => reply is Accepted && ((Accepted)reply).Version == 1);
        replies.Cast<Accepted>().Count(reply => !reply.Repeated).ShouldBe(1);
        loads.ShouldBe(1);
        (await Events(Key)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task ARepeatThatComesWhileItsFirstIsCommitting_WaitsForIt_AndIsNotDecidedAgain()
    {
        await Accept(Key, SourceCommands.Create);
        var loads = CountLoads();
        var gate = new Gate();
        var appends = 0;
        BeforeAppend = _ =>
        {
            Interlocked.Increment(ref appends);
            return gate.Pass();
        };

        Engine.Calls.Watch(Id("change"));
        var first = Ask(Key, SourceCommands.Change(1), "change");
        await gate.Arrived();
        var again = Ask(Key, SourceCommands.Change(1), "change");
        await Came(2);
        again.IsCompleted.ShouldBeFalse();
        gate.Open();

        (await first).ShouldBe(new Accepted(Key, 2, Repeated: false));
        (await again).ShouldBe(new Accepted(Key, 2, Repeated: true));
        (appends, loads.Loads).ShouldBe((1, 0));
    }

    [Fact]
    public async Task AnIdReusedThroughAnotherProcess_IsRefused_AndARepeatRecognised()
    {
        await Accept(Key, SourceCommands.Create);
        await Accept(Key, SourceCommands.Change(1), "change");

        foreach (var caller in Engine.Callers.Append(Outsider))
        {
            Code(await caller.Ask(Key, SourceCommands.Change(2), Id("change"))).ShouldBe(Refusals.IdReused);
            (await caller.Ask(Key, SourceCommands.Change(1), Id("change"))).ShouldBe(
                new Accepted(Key, 2, Repeated: true)
            );
        }

        (await Events(Key)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task RepeatsForAGrainThatIsNotKept_MeetInOnePlace()
    {
        var delivery = DeliveryKey.Of(TestSilo.Acme, new DeliveryId(Name));
        var refuse = new RefuseDelivery(new SourceId(Name), "daily", "user-unknown");
        var gate = new Gate();
        var loads = 0;
        BeforeLoad = _ =>
        {
            Interlocked.Increment(ref loads);
            return gate.Pass();
        };

        Engine.Calls.Watch(Id("refuse"));
        var first = Ask(delivery, refuse, "refuse");
        await gate.Arrived();
        var again = Engine.Callers.Select(caller => caller.Ask(delivery, refuse, Id("refuse"))).ToArray();
        await Came(1 + again.Length);
        gate.Open();

        (await first).ShouldBe(new Accepted(delivery, 1, Repeated: false));
        (await Task.WhenAll(again)).ShouldAllBe(reply => reply == new Accepted(delivery, 1, Repeated: true));
        loads.ShouldBe(1);
    }

    private static string Code(Reply reply) => reply.ShouldBeOfType<Refused>().Refusal.Code;
}
