using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Deals;
using EcosystemSilo.Grains.Interfaces.Sources;
using EcosystemSilo.Journal;
using EcosystemSilo.Journal.Memory;
using EcosystemSilo.Tests.Support;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Engines;

/// <summary>What becomes of commands, and of those decided on top of them, when the journal fails.</summary>
public sealed class FailedAppendTests
{
    private static readonly GrainKey Key = SourceCommands.Key;
    private static readonly GrainKey Deal = DealKey.Of(TestSilo.Acme, new DealId("d-1"));

    [Fact]
    public async Task AFailedAppend_IsNotAcknowledged_AndMayBeSentAgain()
    {
        var (silo, journal) = await Silos.Watched();
        await using var _ = silo;
        await silo.Accept(Key, SourceCommands.Create);
        journal.BeforeAppend = _ => throw new JournalUnavailableException("down");

        await Should.ThrowAsync<GrainUnavailableException>(() => silo.Ask(Key, SourceCommands.Change(1), "change"));

        journal.BeforeAppend = null;
        (await silo.Read<SourceView>(Key)).Version.ShouldBe(1);
        (await silo.Ask(Key, SourceCommands.Change(1), "change")).ShouldBe(new Accepted(Key, 2, Repeated: false));
    }

    [Fact]
    public async Task AnAppendWhoseResultIsLost_IsRecognisedWhenSentAgain()
    {
        var (silo, journal) = await Silos.Watched();
        await using var _ = silo;
        await silo.Accept(Key, SourceCommands.Create);
        journal.AfterAppend = (_, _) => throw new JournalUnavailableException("connection lost");

        await Should.ThrowAsync<GrainUnavailableException>(() => silo.Ask(Key, SourceCommands.Change(1), "change"));

        journal.AfterAppend = null;
        (await silo.Read<SourceView>(Key)).Version.ShouldBe(2);
        (await silo.Ask(Key, SourceCommands.Change(1), "change")).ShouldBe(new Accepted(Key, 2, Repeated: true));
    }

    [Fact]
    public async Task WhatWasDecidedOnAFailedAppend_IsDecidedAgain()
    {
        var (silo, journal) = await Silos.Watched();
        await using var _ = silo;
        await Register(silo);
        var gate = new Gate();
        journal.BeforeAppend = async append =>
        {
            await gate.Pass();
            Fail(append, "approve");
        };

        var approval = silo.Ask(Deal, new ApproveDeal(), "approve");
        await gate.Arrived();
        var win = silo.Ask(Deal, new WinDeal(), "win");
        await gate.Arrived();
        gate.Open();

        await Should.ThrowAsync<GrainUnavailableException>(() => approval);
        (await win).ShouldBeOfType<Refused>().Refusal.Message.ShouldContain("must be approved first");
        (await silo.Read<DealView>(Deal)).View.Status.ShouldBe(DealStatus.Registered);
    }

    [Fact]
    public async Task ARefusalDecidedOnAFailedAppend_IsDecidedAgain()
    {
        var (silo, journal) = await Silos.Watched();
        await using var _ = silo;
        await Register(silo);
        var gate = new Gate();
        journal.BeforeAppend = async append =>
        {
            await gate.Pass();
            Fail(append, "withdraw");
        };

        var withdrawal = silo.Ask(Deal, new WithdrawDeal(), "withdraw");
        await gate.Arrived();
        var approval = silo.Ask(Deal, new ApproveDeal(), "approve");
        gate.Open();

        await Should.ThrowAsync<GrainUnavailableException>(() => withdrawal);
        (await approval).ShouldBeOfType<Accepted>();
        (await silo.Read<DealView>(Deal)).View.Status.ShouldBe(DealStatus.Approved);
    }

    [Fact]
    public async Task AnIdenticalCommandThatWaitedForAFailedOne_FailsWithIt()
    {
        var (silo, journal) = await Silos.Watched();
        await using var _ = silo;
        await silo.Accept(Key, SourceCommands.Create);
        var gate = new Gate();
        journal.BeforeAppend = async append =>
        {
            await gate.Pass();
            Fail(append, "change");
        };

        var first = silo.Ask(Key, SourceCommands.Change(1), "change");
        await gate.Arrived();
        var second = silo.Ask(Key, SourceCommands.Change(1), "change");
        gate.Open();

        await Should.ThrowAsync<GrainUnavailableException>(() => first);
        await Should.ThrowAsync<GrainUnavailableException>(() => second);
        (await silo.Events(Key)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task AGrainThatCannotBeLoaded_SaysSo_AndRecovers()
    {
        var (silo, journal) = await Silos.Watched();
        await using var _ = silo;
        journal.BeforeLoad = _ => throw new JournalUnavailableException("down");

        await Should.ThrowAsync<GrainUnavailableException>(() => silo.Ask(Key, SourceCommands.Create, "create"));
        await Should.ThrowAsync<GrainUnavailableException>(() => silo.Read<SourceView>(Key));

        journal.BeforeLoad = null;
        (await silo.Accept(Key, SourceCommands.Create, "create")).ShouldBe(1);
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
        var disk = new MemoryDisk();
        var (silo, journal) = await Silos.Watched(disk);
        await using var _ = silo;
        await silo.Accept(Key, SourceCommands.Create);
        journal.BeforeAppend = append => Chance(random, append);
        journal.AfterAppend = (append, _) => Chance(random, append);

        var acknowledged = await Task.WhenAll(
            Enumerable.Range(0, Commands).Select(n => Task.Run(() => Insist(silo, n)))
        );

        var events = await silo.Events(Key);
        events.Select(e => e.Version).ShouldBe(Enumerable.Range(1, Commands + 1).Select(v => (long)v), $"seed {seed}");
        var stored = events.Skip(1).ToDictionary(e => e.CommandId, e => e.Version, StringComparer.Ordinal);
        stored.ShouldBe(
            acknowledged.ToDictionary(a => a.Id, a => a.Version, StringComparer.Ordinal),
            ignoreOrder: true
        );
    }

    /// <summary>Sends a command until it is acknowledged.</summary>
    private static async Task<(string Id, long Version)> Insist(TestSilo silo, int number)
    {
        var id = $"change-{number}";
        while (true)
        {
            try
            {
                return (id, await silo.Accept(Key, SourceCommands.Change(number), id));
            }
            catch (GrainUnavailableException)
            {
                await Task.Yield();
            }
        }
    }

    private static Task Chance(Random random, Append append)
    {
        lock (random)
        {
            return append.Grain == Key.ToString() && random.Next(10) == 0
                ? throw new JournalUnavailableException("by chance")
                : Task.CompletedTask;
        }
    }

    private static void Fail(Append append, string id)
    {
        if (append.Command.Id == id)
        {
            throw new JournalUnavailableException("down");
        }
    }

    private static async Task Register(TestSilo silo)
    {
        await silo.Accept(
            Deal,
            new RegisterDeal(new PartnerId("p-1"), new Customer("St Mary", "stmary.org"), new ProductId("enterprise"))
        );
        await silo.Until<DealView>(Deal, deal => deal.Protection == Protection.Protected, "protection");
    }
}
