using EcosystemSilo.Gateway.Http;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.ApiKeys;
using EcosystemSilo.Grains.Interfaces.Deals;
using EcosystemSilo.Grains.Interfaces.Partners;
using EcosystemSilo.Senders.Intake;

namespace EcosystemSilo.Gateway.Deals;

/// <summary>What the deal routes share: whose deal it is, waiting for the account, and the answer's form.</summary>
public sealed class DealDesk(IGrains grains, DealRegistration registration, TimeProvider clock)
{
    public async Task<IResult> Register(RegisterDealRequest request, Exchange exchange)
    {
        if (!exchange.Caller.MaySee(request.Partner))
        {
            return Problems.Result(
                new Refusal(EdgeCodes.PartnerForbidden, "A partner registers deals of its own only.", "partner")
            );
        }

        var key = DealKey.Of(exchange.Ecosystem, request.Id ?? exchange.NewId<DealId>("d"));
        var command = request.ToCommand();
        if (await registration.Check(key, command, exchange.Aborted) is { } refusal)
        {
            return Problems.Result(refusal);
        }

        return await exchange.Create<DealView>(
            key,
            command,
            async (at, deal) =>
                await Show(at, await AwaitAccount(at, exchange.Wait, exchange.Aborted) is { } newer ? newer : deal)
        );
    }

    public async Task<IResult> Change(GrainKey key, ICommand command, Exchange exchange)
    {
        if (exchange.Caller.Role == Role.Partner)
        {
            var deal = await grains.Read<DealView>(key, ReadAt.Newest, exchange.Aborted);
            if (deal is null || !exchange.Caller.MaySee(deal.View.Partner))
            {
                return Problems.Result(Refusals.Missing(key));
            }
        }

        return await exchange.Change<DealView>(key, command, Show);
    }

    /// <summary>
    /// Waits until the account has answered a registration. Null when the time is over or there is nothing to wait for.
    /// </summary>
    public async Task<Versioned<DealView>?> AwaitAccount(
        GrainKey key,
        TimeSpan patience,
        CancellationToken cancellation
    )
    {
        var deadline = clock.GetUtcNow() + patience;
        var version = 0L;
        while (deadline - clock.GetUtcNow() is { Ticks: > 0 } left)
        {
            var deal = await grains.Read<DealView>(key, new ReadAt(AtLeast: version, left), cancellation);
            if (deal is null || deal.View.Protection != Protection.Pending)
            {
                return deal;
            }

            version = deal.Version + 1;
        }

        return null;
    }

    public async ValueTask<object> Show(GrainKey key, Versioned<DealView> deal)
    {
        var partner = PartnerKey.Of(key.Ecosystem, deal.View.Partner);
        var known = await grains.Read<PartnerView>(partner, ReadAt.Newest, CancellationToken.None);
        return DealResponse.Of(key.Id, deal, known?.View.Name);
    }
}
