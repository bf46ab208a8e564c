using EcosystemSilo.Gateway.Http;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.CustomerPrograms;
using EcosystemSilo.Grains.Interfaces.Partners;

namespace EcosystemSilo.Gateway.CustomerPrograms;

/// <summary>What the program routes share: whose program it is, and the answer's form.</summary>
public sealed class CustomerProgramDesk(IGrains grains)
{
    /// <summary>Null when there is none, or the caller may not see it; then it does not exist for the caller.</summary>
    public async Task<CustomerProgramView?> Find(GrainKey program, Exchange exchange)
    {
        var found = await grains.Read<CustomerProgramView>(program, ReadAt.Newest, exchange.Aborted);
        return found is not null && exchange.Caller.MaySee(found.View.Partner) ? found.View : null;
    }

    public async Task<IResult> Create(CreateProgramRequest request, Exchange exchange)
    {
        var key = CustomerProgramKey.Of(exchange.Ecosystem, request.Id ?? exchange.NewId<CustomerProgramId>("program"));
        var known = await grains.Read<CustomerProgramView>(key, ReadAt.Newest, exchange.Aborted);
        // One that exists knows a repeat.
        return known is null && await UnknownPartner(request.Partner, exchange) is { } refusal
            ? Problems.Result(refusal)
            : await exchange.Create<CustomerProgramView>(key, request.ToCommand(), Show);
    }

    public async Task<IResult> Change(
        GrainKey program,
        ICommand command,
        Exchange exchange,
        Show<CustomerProgramView>? show = null
    ) =>
        await Find(program, exchange) is null
            ? Problems.Result(Refusals.Missing(program))
            : await exchange.Change(program, command, show ?? Show);

    public async ValueTask<object> Show(GrainKey key, Versioned<CustomerProgramView> program)
    {
        var partner = PartnerKey.Of(key.Ecosystem, program.View.Partner);
        var known = await grains.Read<PartnerView>(partner, ReadAt.Newest, CancellationToken.None);
        return CustomerProgramResponse.Of(key.Id, program, known?.View.Name);
    }

    /// <summary>Null when the partner is known.</summary>
    public async Task<Refusal?> UnknownPartner(PartnerId partner, Exchange exchange) =>
        await grains.Read<PartnerView>(PartnerKey.Of(exchange.Ecosystem, partner), ReadAt.Newest, exchange.Aborted)
            is null
            ? new Refusal(
                Refusals.PartnerUnknown,
                $"There is no partner '{partner}' in {exchange.Ecosystem}.",
                "partner"
            )
            : null;
}
