using EcosystemSilo.Gateway.Http;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Endpoints;
using EcosystemSilo.Senders.Json;
using EcosystemSilo.Senders.Outbound;

namespace EcosystemSilo.Gateway.Endpoints;

/// <summary>Names an address that is told what happens.</summary>
/// <param name="Url">Where notifications are posted to: https, at most 2,000 characters.</param>
/// <param name="Id">A name of your choice of at most 40 characters; left out, one is made.</param>
/// <param name="Description">For people, 1 to 200 characters.</param>
/// <param name="Types">Event types, or their beginnings such as <c>deal.*</c>; left out for all.</param>
/// <param name="Partner">Only what happens to this partner and its deals.</param>
/// <param name="Order">Whether what happens to one grain is told in order; unordered when left out.</param>
/// <param name="PerSecond">At most so many requests a second, 1 to 1,000.</param>
/// <param name="Signature">How the receiver verifies; hmac when left out.</param>
public sealed record CreateEndpointRequest(
    string Url,
    EndpointId? Id = null,
    string? Description = null,
    IReadOnlyList<string>? Types = null,
    PartnerId? Partner = null,
    SendOrder? Order = null,
    int? PerSecond = null,
    SignatureKind? Signature = null
) : IRequest<CreateEndpointRequest>
{
    public static CreateEndpointRequest Read(Fields fields)
    {
        var id = fields.OptionalId<EndpointId>("id");
        if (id is { Value.Length: > EndpointKey.IdLengthMax })
        {
            fields.Blame("id", FieldCodes.FieldTooLong, $"may have {EndpointKey.IdLengthMax} characters.");
        }

        var signature = SignatureFields.Read(fields);
        var settings = SettingsOf(fields);
        return new CreateEndpointRequest(
            settings.Url,
            id,
            settings.Description,
            settings.Types,
            settings.Partner,
            settings.Order,
            settings.PerSecond,
            signature
        );
    }

    public EndpointSettings ToSettings() =>
        new(Url, Description, Types ?? [], Partner, Order ?? SendOrder.Unordered, PerSecond);

    internal static EndpointSettings SettingsOf(Fields fields)
    {
        var types = fields.OptionalTextList("types", OutboundLimits.TypesMax, FieldLimits.NameLengthMax) ?? [];
        if (types.FirstOrDefault(type => type.Length > 0 && !EventCatalogue.IsFilter(type)) is { } unknown)
        {
            fields.Blame("types", FieldCodes.FieldInvalid, $"has '{unknown}', which no event type is or begins with.");
        }

        return new EndpointSettings(
            fields.Text("url", OutboundLimits.UrlCharsMax),
            fields.OptionalText("description", FieldLimits.NameLengthMax),
            types,
            fields.OptionalId<PartnerId>("partner"),
            fields.OptionalWord<SendOrder>("order") ?? SendOrder.Unordered,
            fields.OptionalInteger("perSecond", 1, OutboundLimits.PerSecondMax)
        );
    }
}

/// <summary>Replaces all that the owner of an endpoint chooses; what is left out is as in a new one.</summary>
/// <inheritdoc cref="CreateEndpointRequest"/>
public sealed record ChangeEndpointRequest(
    string Url,
    string? Description = null,
    IReadOnlyList<string>? Types = null,
    PartnerId? Partner = null,
    SendOrder? Order = null,
    int? PerSecond = null
) : IRequest<ChangeEndpointRequest>
{
    public static ChangeEndpointRequest Read(Fields fields)
    {
        var settings = CreateEndpointRequest.SettingsOf(fields);
        return new ChangeEndpointRequest(
            settings.Url,
            settings.Description,
            settings.Types,
            settings.Partner,
            settings.Order,
            settings.PerSecond
        );
    }

    public EndpointSettings ToSettings() =>
        new(Url, Description, Types ?? [], Partner, Order ?? SendOrder.Unordered, PerSecond);
}

/// <summary>Makes a new signing secret; the ones before it sign too for the overlap.</summary>
/// <param name="OverlapHours">0 to 744; 24 when left out.</param>
/// <param name="Signature">How the receiver verifies from now on; hmac when left out.</param>
public sealed record RotateEndpointRequest(int? OverlapHours = null, SignatureKind? Signature = null)
    : IRequest<RotateEndpointRequest>
{
    private const int OverlapHoursDefault = 24;

    public static RotateEndpointRequest Read(Fields fields) =>
        new(fields.OptionalInteger("overlapHours", 0, GatewayLimits.OverlapHoursMax), SignatureFields.Read(fields));

    public TimeSpan Overlap => TimeSpan.FromHours(OverlapHours ?? OverlapHoursDefault);
}

/// <summary>Sends again, with what happened meanwhile.</summary>
/// <param name="Since">From when on; left out, since it was disabled or began to fail.</param>
public sealed record EnableEndpointRequest(DateTimeOffset? Since = null) : IRequest<EnableEndpointRequest>
{
    public static EnableEndpointRequest Read(Fields fields) => new(fields.OptionalTime("since"));
}

/// <summary>Sends an example, which is marked as one by its id.</summary>
/// <param name="Type">An event type; left out, the first that the endpoint wants.</param>
public sealed record TestEndpointRequest(string? Type = null) : IRequest<TestEndpointRequest>
{
    public static TestEndpointRequest Read(Fields fields)
    {
        var type = fields.OptionalText("type", FieldLimits.NameLengthMax);
        if (type is { Length: > 0 } && EventCatalogue.Find(type) is null)
        {
            fields.Blame("type", FieldCodes.FieldInvalid, "is no event type; /event-types lists them.");
        }

        return new TestEndpointRequest(type);
    }
}

internal static class SignatureFields
{
    public static SignatureKind? Read(Fields fields)
    {
        var kind = fields.OptionalWord<SignatureKind>("signature");
        if (kind is { } asked && !SigningSecrets.IsSupported(asked))
        {
            fields.Blame("signature", FieldCodes.FieldInvalid, "needs OpenSSL, which this machine lacks.");
        }

        return kind;
    }
}
