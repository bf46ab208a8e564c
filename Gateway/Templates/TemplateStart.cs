using EcosystemSilo.Gateway.CustomerPrograms;
using EcosystemSilo.Gateway.Http;
using EcosystemSilo.Gateway.Partners;
using EcosystemSilo.Gateway.Sources;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Blueprints;
using EcosystemSilo.Grains.Interfaces.CustomerPrograms;
using EcosystemSilo.Grains.Interfaces.Partners;
using EcosystemSilo.Grains.Interfaces.Sources;
using EcosystemSilo.Senders.Schemes;
using EcosystemSilo.Senders.Secrets;

namespace EcosystemSilo.Gateway.Templates;

/// <summary>
/// Makes what a template consists of, each by a command of its own with an id derived from the request's, so that a
/// repeat after a crash completes what is missing. The program comes first: what can be refused is refused by it, and
/// its command has the request's own id, which therefore names no other request.
/// </summary>
public sealed class TemplateStart(
    IGrains grains,
    CustomerProgramDesk programs,
    SourceSecrets secrets,
    SourceAnswers sources
)
{
    public async Task<IResult> Start(TemplateId id, StartTemplateRequest request, Exchange exchange)
    {
        var blueprint = BlueprintKey.Of(exchange.Ecosystem);
        var rules = await grains.Read<BlueprintView>(blueprint, ReadAt.Newest, exchange.Aborted);
        if (rules?.View.Document.Templates?.FirstOrDefault(rule => rule.Id == id.Value) is not { } template)
        {
            return Refuse(Refusals.TemplateUnknown, $"The blueprint has no template '{id}'.");
        }

        if (WebhookSchemes.Find(template.Scheme) is not { } scheme)
        {
            return Refuse(Refusals.SchemeUnknown, $"'{template.Scheme}', the scheme of '{id}', is not known here.");
        }

        if (request.Partner is { } known && await programs.UnknownPartner(known, exchange) is { } unknown)
        {
            return Problems.Result(unknown);
        }

        var partner = PartnerKey.Of(exchange.Ecosystem, request.Partner ?? exchange.NewId<PartnerId>("p"));
        var program = CustomerProgramKey.Of(exchange.Ecosystem, exchange.NewId<CustomerProgramId>("program"));
        var source = SourceKey.Of(exchange.Ecosystem, exchange.NewId<SourceId>("s"));
        var parts = new List<(GrainKey Key, ICommand Command, string Part)>
        {
            (program, Program(id, template, request, new PartnerId(partner.Id)), ""),
        };
        if (request.PartnerName is { } name)
        {
            parts.Add(
                (partner, new RegisterPartner(name, new CategoryId(template.Category), request.Region), "/partner")
            );
        }

        var mapping = new SourceMapping(Partner: partner.Id, Program: program.Id);
        var secret = secrets.Make(scheme, source, chosen: null);
        parts.Add(
            (
                source,
                new CreateSource(request.Name, scheme.Name, mapping, secret, Role: exchange.Caller.Role),
                "/source"
            )
        );
        var (versions, refusal) = await Ask(parts, exchange);
        return refusal is null ? await Answer(partner, program, source, versions, exchange) : Problems.Result(refusal);
    }

    /// <summary>
    /// The versions that the commands led to, now or when the request that this one repeats was made.
    /// </summary>
    private async Task<(Dictionary<GrainKey, long> Versions, Refusal? Refusal)> Ask(
        IEnumerable<(GrainKey Key, ICommand Command, string Part)> parts,
        Exchange exchange
    )
    {
        var ask = exchange.Circumstances();
        var versions = new Dictionary<GrainKey, long>();
        foreach (var (key, command, part) in parts)
        {
            switch (await grains.Ask(key, command, ask with { Id = ask.Id + part }, exchange.Aborted))
            {
                case Refused refused:
                    return (versions, refused.Refusal);
                case Accepted accepted:
                    versions.Add(key, accepted.Version);
                    break;
            }
        }

        return (versions, null);
    }

    private async Task<IResult> Answer(
        GrainKey partner,
        GrainKey program,
        GrainKey source,
        Dictionary<GrainKey, long> versions,
        Exchange exchange
    )
    {
        var shownPartner = await Read<PartnerView>(partner);
        var shownProgram = await Read<CustomerProgramView>(program);
        var answer = new StartedTemplateResponse(
            CustomerProgramResponse.Of(program.Id, shownProgram, shownPartner.View.Name),
            PartnerResponse.Of(partner.Id, shownPartner, await exchange.Names()),
            (SourceResponse)await sources.WithSecret(source, await Read<SourceView>(source))
        );
        return Results.Created($"/api/{exchange.Ecosystem}/programs/{program.Id}", answer);

        async Task<Versioned<TView>> Read<TView>(GrainKey key)
            where TView : class, IView
        {
            var at = versions.TryGetValue(key, out var version) ? ReadAt.Version(version) : ReadAt.Newest;
            return await grains.Read<TView>(key, at, exchange.Aborted)
                ?? throw new InvalidOperationException($"{key} was accepted and cannot be read.");
        }
    }

    private static CreateProgram Program(
        TemplateId id,
        TemplateRule template,
        StartTemplateRequest request,
        PartnerId partner
    ) =>
        new(
            request.Name,
            partner,
            request.Customer,
            template.ProgramType,
            request.Starts,
            request.Ends,
            request.Eligibility,
            request.Goals,
            request.Capacity,
            id
        );

    private static IResult Refuse(string code, string message) => Problems.Result(new Refusal(code, message));
}
