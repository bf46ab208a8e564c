using System.Text.Json;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.CustomerPrograms;
using EcosystemSilo.Grains.Interfaces.Sources;
using EcosystemSilo.Senders.Json;
using EcosystemSilo.Senders.Schemes;

namespace EcosystemSilo.Senders.Mapping;

/// <summary>
/// Referrals of a health system: FHIR notifications about a ServiceRequest, counted on the program that the source's
/// mapping names. Which patient it is stays in the health system; only the request's own reference is kept. Each
/// notification counts, so the subscription is to created requests.
/// </summary>
internal static class FhirReferrals
{
    private const string Scheme = "fhir";
    private const string Referral = "ServiceRequest";
    private const string Active = "active";

    /// <summary>
    /// Whether it is a referral for a program. A draft or revoked one, if its resource says so, is none.
    /// </summary>
    public static bool Knows(SourceView source, InboundEvent inbound) =>
        source is { Scheme: Scheme, Mapping.Program: not null }
        && inbound.Type == Referral
        && inbound
            .Data.GetProperty("resources")
            .EnumerateArray()
            .Where(resource => Text(resource, "resourceType") == Referral)
            .All(resource => Text(resource, "status") == Active);

    public static Meaning Map(EcosystemId ecosystem, SourceMapping mapping, Fields data) =>
        Ids.TryParse<CustomerProgramId>(mapping.Program, out var program)
            ? new Mapped(
                CustomerProgramKey.Of(ecosystem, program),
                new ReceiveReferral(data.Text("focus", FieldLimits.NameLengthMax))
            )
            : new Unmappable(
                new Refusal(
                    Refusals.MappingInvalid,
                    $"The source's mapping.program must be an id of {Ids.Rule}.",
                    "mapping.program"
                )
            );

    private static string? Text(JsonElement resource, string name) =>
        resource.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
