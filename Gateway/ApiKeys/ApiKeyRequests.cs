using EcosystemSilo.Gateway.Auth;
using EcosystemSilo.Gateway.Http;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.ApiKeys;
using EcosystemSilo.Senders.Json;

namespace EcosystemSilo.Gateway.ApiKeys;

/// <summary>Issues an API key.</summary>
/// <param name="Name">What it is for, 1 to 200 characters.</param>
/// <param name="Role">What it may do.</param>
/// <param name="Partner">For role partner: whose data it may see.</param>
/// <param name="ExpiresAt">When it ends; left out, when it is revoked.</param>
public sealed record IssueKeyRequest(
    string Name,
    Role Role,
    PartnerId? Partner = null,
    DateTimeOffset? ExpiresAt = null
) : IRequest<IssueKeyRequest>
{
    public static IssueKeyRequest Read(Fields fields)
    {
        var request = new IssueKeyRequest(
            fields.Text("name", FieldLimits.NameLengthMax),
            fields.Word<Role>("role"),
            fields.OptionalId<PartnerId>("partner"),
            fields.OptionalTime("expiresAt")
        );
        if (request is { Role: Role.Partner, Partner: null })
        {
            fields.Blame("partner", FieldCodes.FieldMissing, "is missing; role partner needs it.");
        }

        if (request is { Role: not Role.Partner, Partner: not null })
        {
            fields.Blame("partner", FieldCodes.FieldInvalid, "is for role partner only.");
        }

        return request;
    }

    public IssueApiKey ToCommand(ApiKeyText key) => new(Name, Role, Partner, key.Hash, key.Prefix, ExpiresAt);
}
