using EcosystemSilo.Gateway.CustomerPrograms;
using EcosystemSilo.Gateway.Http;
using EcosystemSilo.Gateway.Partners;
using EcosystemSilo.Gateway.Sources;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.CustomerPrograms;
using EcosystemSilo.Grains.Interfaces.Deals;
using EcosystemSilo.Senders.Json;
using EcosystemSilo.Senders.Mapping;

namespace EcosystemSilo.Gateway.Templates;

/// <summary>Starts a strategic integration: a partner, a customer program and a webhook source.</summary>
/// <param name="Name">The name of the program and of the source.</param>
/// <param name="Customer">For whose people the program is.</param>
/// <param name="Starts">When the program starts.</param>
/// <param name="Ends">When it ends unless it is renewed.</param>
/// <param name="Partner">A partner that is there already.</param>
/// <param name="PartnerName">The name of a new partner, of the template's category; this or <c>partner</c>.</param>
/// <param name="Region">Where the new partner works; free text.</param>
/// <param name="Eligibility">Who may take part; everybody with an invitation when left out.</param>
/// <param name="Goals">What the program is to reach.</param>
/// <param name="Capacity">How many may take part at a time; any number when left out.</param>
public sealed record StartTemplateRequest(
    string Name,
    Customer Customer,
    DateTimeOffset Starts,
    DateTimeOffset Ends,
    PartnerId? Partner = null,
    string? PartnerName = null,
    string? Region = null,
    Eligibility? Eligibility = null,
    ProgramGoals? Goals = null,
    int? Capacity = null
) : IRequest<StartTemplateRequest>
{
    public static StartTemplateRequest Read(Fields fields)
    {
        var request = new StartTemplateRequest(
            fields.Text("name", FieldLimits.NameLengthMax),
            DealFields.ReadCustomer(fields),
            fields.Time("starts"),
            fields.Time("ends"),
            fields.OptionalId<PartnerId>("partner"),
            fields.OptionalText("partnerName", FieldLimits.NameLengthMax),
            fields.OptionalText("region", FieldLimits.NameLengthMax),
            ProgramFields.ReadEligibility(fields),
            ProgramFields.ReadGoals(fields),
            ProgramFields.ReadCapacity(fields)
        );
        if (request.Partner is null == request.PartnerName is null)
        {
            fields.Blame("partner", FieldCodes.FieldInvalid, "or 'partnerName' must be given, and not both.");
        }

        return request;
    }
}

/// <summary>What a template was started as.</summary>
/// <param name="Source">With the secret and the address that the sender needs.</param>
public sealed record StartedTemplateResponse(
    CustomerProgramResponse Program,
    PartnerResponse Partner,
    SourceResponse Source
);
