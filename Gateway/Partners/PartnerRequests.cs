using EcosystemSilo.Gateway.Http;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Lifecycle;
using EcosystemSilo.Grains.Interfaces.Partners;
using EcosystemSilo.Senders.Json;

namespace EcosystemSilo.Gateway.Partners;

/// <summary>Brings a partner into the ecosystem.</summary>
/// <param name="Name">1 to 200 characters.</param>
/// <param name="Category">A category of the blueprint, for example <c>hospital</c>.</param>
/// <param name="Id">The partner's id, for example your CRM's; left out, one is made.</param>
/// <param name="Region">Where the partner works; free text.</param>
public sealed record RegisterPartnerRequest(
    string Name,
    CategoryId Category,
    PartnerId? Id = null,
    string? Region = null
) : IRequest<RegisterPartnerRequest>
{
    public static RegisterPartnerRequest Read(Fields fields) =>
        new(
            fields.Text("name", FieldLimits.NameLengthMax),
            fields.Id<CategoryId>("category"),
            fields.OptionalId<PartnerId>("id"),
            fields.OptionalText("region", FieldLimits.NameLengthMax)
        );

    public RegisterPartner ToCommand() => new(Name, Category, Region);
}

/// <summary>Moves to the next phase; the body may be left out.</summary>
/// <param name="To">The phase that the caller expects to come next; another one is refused.</param>
public sealed record AdvanceRequest(Phase? To = null) : IRequest<AdvanceRequest>
{
    public static AdvanceRequest Read(Fields fields) => new(fields.OptionalWord<Phase>("to"));

    public AdvancePhase ToCommand() => new(To);
}
