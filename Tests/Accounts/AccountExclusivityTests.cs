using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Accounts;
using EcosystemSilo.Grains.Interfaces.Deals;
using EcosystemSilo.Tests.Support;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Accounts;

public sealed class AccountExclusivityTests
{
    private const int Rounds = 1_000;

    [Fact]
    public async Task TwoRegistrationsForOneAccountAtTheSameInstant_LeaveExactlyOneProtected()
    {
        await using var silo = await TestSilo.Start();
        for (var block = 0; block < Rounds; block += 50)
        {
            var rounds = Enumerable.Range(block, 50).Select(round => Race(silo, round));
            foreach (var (first, second) in await Task.WhenAll(rounds))
            {
                new[] { first.Protection, second.Protection }.ShouldBe(
                    [Protection.Protected, Protection.Queued],
                    ignoreOrder: true
                );
            }
        }
    }

    [Fact]
    public async Task WithdrawingTheProtectedDeal_PassesProtectionToTheNextInTheQueue()
    {
        await using var silo = await TestSilo.Start();
        var deals = new[] { "d-1", "d-2", "d-3" };
        foreach (var deal in deals)
        {
            await Register(silo, deal, "stmary.org");
            await Settled(silo, deal);
        }

        await silo.Ask(Key("d-1"), new WithdrawDeal());

        await silo.Until<DealView>(Key("d-2"), deal => deal.Protection == Protection.Protected, "protection of d-2");
        var last = await silo.Until<DealView>(Key("d-3"), deal => deal.QueuePosition == 1, "d-3 to move up");
        last.Protection.ShouldBe(Protection.Queued);
    }

    [Fact]
    public async Task WinningADeal_ClosesTheAccountAndRejectsTheQueue()
    {
        await using var silo = await TestSilo.Start();
        await Register(silo, "d-1", "stmary.org");
        await Settled(silo, "d-1");
        await Register(silo, "d-2", "www.stmary.org");
        await Settled(silo, "d-2");

        await silo.Ask(Key("d-1"), new ApproveDeal());
        await silo.Ask(Key("d-1"), new WinDeal());

        var loser = await silo.Until<DealView>(Key("d-2"), deal => deal.Status == DealStatus.Rejected, "rejection");
        loser.Reason.ShouldBe("The account was won by another deal.");
        var account = AccountKey.Of(TestSilo.Acme, "stmary.org", new ProductId("enterprise"));
        await silo.Until<AccountView>(account, view => view.WonBy == new DealId("d-1"), "the account to close");
    }

    private static async Task<(DealView First, DealView Second)> Race(TestSilo silo, int round)
    {
        string[] deals = [$"a-{round}", $"b-{round}"];
        using var start = new Barrier(2);
        await Task.WhenAll(
            deals.Select(deal =>
                Task.Run(() =>
                {
                    start.SignalAndWait();
                    return Register(silo, deal, $"customer-{round}.org");
                })
            )
        );
        return (await Settled(silo, deals[0]), await Settled(silo, deals[1]));
    }

    private static Task Register(TestSilo silo, string deal, string domain)
    {
        var command = new RegisterDeal(
            new PartnerId("p-1"),
            new Customer("St Mary", domain),
            new ProductId("enterprise"),
            new Money(12_500_000, "USD")
        );
        return silo.Accept(Key(deal), command);
    }

    private static Task<DealView> Settled(TestSilo silo, string deal) =>
        silo.Until<DealView>(Key(deal), view => view.Protection != Protection.Pending, "the account's answer");

    private static GrainKey Key(string deal) => DealKey.Of(TestSilo.Acme, new DealId(deal));
}
