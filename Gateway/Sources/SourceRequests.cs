using EcosystemSilo.Gateway.Http;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.ApiKeys;
using EcosystemSilo.Grains.Interfaces.Sources;
using EcosystemSilo.Senders.Json;
using EcosystemSilo.Senders.Schemes;

namespace EcosystemSilo.Gateway.Sources;

/// <summary>Opens a webhook address for a sender.</summary>
/// <param name="Name">1 to 200 characters, for people.</param>
/// <param name="Scheme">The kind of sender: a name from <c>/schemes</c>, such as <c>standard-webhooks</c>.</param>
/// <param name="Id">Part of the address; left out, one is made.</param>
/// <param name="Mapping">How the sender's events become commands; our own event types need none.</param>
/// <param name="Secret">For senders that choose the secret themselves, such as HubSpot; left out, one is made.</param>
/// <param name="Settings">What the scheme needs to know besides; <c>/schemes</c> lists them.</param>
/// <param name="Role">Whose rights its events have: integration, partner-manager or ecosystem-admin, at most the
/// caller's; left out, the caller's.</param>
public sealed record CreateSourceRequest(
    string Name,
    string Scheme,
    SourceId? Id,
    SourceMapping Mapping,
    string? Secret = null,
    IReadOnlyDictionary<string, string>? Settings = null,
    Role? Role = null
) : IRequest<CreateSourceRequest>
{
    public static CreateSourceRequest Read(Fields fields)
    {
        var scheme = fields.Text("scheme", FieldLimits.NameLengthMax);
        var secret = fields.OptionalText("secret", FieldLimits.NameLengthMax);
        var known = WebhookSchemes.Find(scheme);
        if (known is not null && secret is not null && known.ReadSecret(secret) is null)
        {
            fields.Blame("secret", FieldCodes.FieldInvalid, $"is no secret of the scheme {scheme}.");
        }

        if (scheme.Length > 0 && known is null)
        {
            fields.Blame(
                "scheme",
                Refusals.SchemeUnknown,
                $"must be one of {string.Join(", ", WebhookSchemes.Names.Order(StringComparer.Ordinal))}."
            );
        }

        var settings = SettingFields.Read(fields);
        if (known is not null && SettingFields.FirstFault(settings, known) is { } fault)
        {
            fields.Blame(fault.Field, fault.Code, fault.Message);
        }

        return new CreateSourceRequest(
            fields.Text("name", FieldLimits.NameLengthMax),
            scheme,
            fields.OptionalId<SourceId>("id"),
            fields.OptionalObject("mapping", MappingFields.Read) ?? new SourceMapping(),
            secret,
            settings,
            ReadRole(fields)
        );
    }

    private static Role? ReadRole(Fields fields)
    {
        var role = fields.OptionalWord<Role>("role");
        if (role < Grains.Interfaces.ApiKeys.Role.Integration)
        {
            fields.Blame(
                "role",
                FieldCodes.FieldInvalid,
                "must be one of integration, partner-manager, ecosystem-admin."
            );
        }

        return role;
    }
}

/// <summary>
/// Replaces the settings. One that is left out is removed, unless it is secret: then it stays as it is.
/// </summary>
public sealed record ChangeSettingsRequest(IReadOnlyDictionary<string, string> Settings)
    : IRequest<ChangeSettingsRequest>
{
    public static ChangeSettingsRequest Read(Fields fields) => new(SettingFields.Read(fields));
}

/// <summary>Replaces the mapping. Dead letters can then be replayed with it.</summary>
public sealed record ChangeMappingRequest(SourceMapping Mapping) : IRequest<ChangeMappingRequest>
{
    public static ChangeMappingRequest Read(Fields fields) => new(MappingFields.Read(fields));
}

/// <summary>Makes a new secret; the ones before it stay valid for the overlap.</summary>
/// <param name="OverlapHours">0 to 744; 24 when left out.</param>
/// <param name="Secret">For senders that choose the secret themselves; left out, one is made.</param>
public sealed record RotateSecretRequest(int? OverlapHours = null, string? Secret = null)
    : IRequest<RotateSecretRequest>
{
    private const int OverlapHoursDefault = 24;

    public static RotateSecretRequest Read(Fields fields) =>
        new(
            fields.OptionalInteger("overlapHours", 0, GatewayLimits.OverlapHoursMax),
            fields.OptionalText("secret", FieldLimits.NameLengthMax)
        );

    public TimeSpan Overlap => TimeSpan.FromHours(OverlapHours ?? OverlapHoursDefault);
}

internal static class MappingFields
{
    public static SourceMapping Read(Fields fields) =>
        new(
            fields.OptionalTexts("stages", GatewayLimits.MappingStagesMax, FieldLimits.NameLengthMax),
            Text(fields, "dealId"),
            Text(fields, "partner"),
            Text(fields, "product"),
            Currency(fields),
            Text(fields, "customerName"),
            Text(fields, "customerDomain"),
            Text(fields, "stageProperty"),
            Text(fields, "amountProperty"),
            Text(fields, "program")
        );

    private static string? Currency(Fields fields)
    {
        var currency = Text(fields, "currency");
        if (currency is not null && !Currencies.Has(currency))
        {
            fields.Blame("currency", FieldCodes.FieldInvalid, "must be a currency of ISO 4217 such as USD.");
        }

        return currency;
    }

    private static string? Text(Fields fields, string name) => fields.OptionalText(name, FieldLimits.NameLengthMax);
}
