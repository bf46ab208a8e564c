using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Deals;
using EcosystemSilo.Grains.Interfaces.Sources;
using EcosystemSilo.Journal;
using EcosystemSilo.Tests.Support;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Engines;

/// <summary>What becomes of commands, and of those decided on top of them, when the journal fails.</summary>
public abstract class FailedAppendTests(RunningEngine engine) : EngineSuite(engine)
{
    [Fact]
    public async Task AFailedAppend_IsNotAcknowledged_AndMayBeSentAgain()
    {
        await Accept(Key, SourceCommands.Create);
        BeforeAppend = _ => throw new JournalUnavailableException("down");

        await Should.ThrowAsync<GrainUnavailableException>(() => Ask(Key, SourceCommands.Change(1), "change"));

        BeforeAppend = null;
        (await Read<SourceView>(Key)).Version.ShouldBe(1);
        (await Ask(Key, SourceCommands.Change(1), "change")).ShouldBe(new Accepted(Key, 2, Repeated: false));
    }

    [Fact]
    public async Task AnAppendWhoseResultIsLost_IsRecognisedWhenSentAgain()
    {
        await Accept(Key, SourceCommands.Create);
        AfterAppend = (_, _) => throw new JournalUnavailableException("connection lost");

        await Should.ThrowAsync<GrainUnavailableException>(() => Ask(Key, SourceCommands.Change(1), "change"));

        AfterAppend = null;
        (await Read<SourceView>(Key)).Version.ShouldBe(2);
        (await Ask(Key, SourceCommands.Change(1), "change")).ShouldBe(new Accepted(Key, 2, Repeated: true));
    }

    [Fact]
    public async Task WhatWasDecidedOnAFailedAppend_IsDecidedAgain()
    {
        await Register();
        var gate = new Gate();
        BeforeAppend = async append =>
        {
            await gate.Pass();
            Fail(append, "approve");
        };

        var approval = Ask(Deal, new ApproveDeal(), "approve");
        await gate.Arrived();
        var win = Ask(Deal, new WinDeal(), "win");
        await gate.Arrived();
        gate.Open();

        await Should.ThrowAsync<GrainUnavailableException>(() => approval);
        (await win).ShouldBeOfType<Refused>().Refusal.Message.ShouldContain("must be approved first");
        (await Read<DealView>(Deal)).View.Status.ShouldBe(DealStatus.Registered);
    }

    [Fact]
    public async Task ARefusalDecidedOnAFailedAppend_IsDecidedAgain()
    {
        await Register();
        var gate = new Gate();
        BeforeAppend = async append =>
        {
            await gate.Pass();
            Fail(append, "withdraw");
        };

        var withdrawal = Ask(Deal, new WithdrawDeal(), "withdraw");
        await gate.Arrived();
        var caller = Caller;
        var approval = caller.Ask(Deal, new ApproveDeal());
        await caller.Read<DealView>(Deal);
        gate.Open();

        await Should.ThrowAsync<GrainUnavailableException>(() => withdrawal);
        (await approval).ShouldBeOfType<Accepted>();
        (await Read<DealView>(Deal)).View.Status.ShouldBe(DealStatus.Approved);
    }

    [Fact]
    public async Task AnIdenticalCommandThatWaitedForAFailedOne_FailsWithIt()
    {
        await Accept(Key, SourceCommands.Create);
        var gate = new Gate();
        BeforeAppend = async append =>
        {
            await gate.Pass();
            Fail(append, "change");
        };

        Engine.Calls.Watch(Id("change"));
        var first = Ask(Key, SourceCommands.Change(1), "change");
        await gate.Arrived();
        var second = Ask(Key, SourceCommands.Change(1), "change");
        await Came(2);
        gate.Open();

        await Should.ThrowAsync<GrainUnavailableException>(() => first);
        await Should.ThrowAsync<GrainUnavailableException>(() => second);
        (await Events(Key)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task AGrainThatCannotBeLoaded_SaysSo_AndRecovers()
    {
        BeforeLoad = _ => throw new JournalUnavailableException("down");

        await Should.ThrowAsync<GrainUnavailableException>(() => Ask(Key, SourceCommands.Create, "create"));
        await Should.ThrowAsync<GrainUnavailableException>(() => Read<SourceView>(Key));

        BeforeLoad = null;
        (await Accept(Key, SourceCommands.Create, "create")).ShouldBe(1);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task UnderRandomFailures_WhatIsAcknowledgedIsStored_AndNothingTwice(int seed)
    {
        const int Commands = 300;
        var random = new Random(seed);
        await Accept(Key, SourceCommands.Create);
        BeforeAppend = append => Chance(random, append);
        AfterAppend = (append, _) => Chance(random, append);

        var acknowledged = await Task.WhenAll(Enumerable.Range(0, Commands).Select(n => Task.Run(() => Insist(n))));

        var events = await Events(Key);
        events.Select(e => e.Version).ShouldBe(Enumerable.Range(1, Commands + 1).Select(v => (long)v), $"seed {seed}");
        var stored = events.Skip(1).ToDictionary(e => e.CommandId, e => e.Version, StringComparer.Ordinal);
        stored.ShouldBe(
            acknowledged.ToDictionary(a => a.Id, a => a.Version, StringComparer.Ordinal),
            ignoreOrder: true
        );
    }

    /// <summary>Sends a command until it is acknowledged.</summary>
    private async Task<(string Id, long Version)> Insist(int number)
    {
        var id = $"change-{number}";
        while (true)
        {
            try
            {
                return (Id(id), await Accept(Key, SourceCommands.Change(number), id));
            }
            catch (GrainUnavailableException)
            {
                await Task.Yield();
            }
        }
    }

    private Task Chance(Random random, Append append)
    {
        lock (random)
        {
            return append.Grain == Key.ToString() && random.Next(10) == 0
                ? throw new JournalUnavailableException("by chance")
                : Task.CompletedTask;
        }
    }

    private void Fail(Append append, string id)
    {
        if (append.Command.Id == Id(id))
        {
            throw new JournalUnavailableException("down");
        }
    }

    private async Task Register()
    {
        await Accept(Deal, Registration);
        await Until<DealView>(Deal, deal => deal.Protection == Protection.Protected, "protection");
    }
}
