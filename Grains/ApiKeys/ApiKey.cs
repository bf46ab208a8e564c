using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.ApiKeys;

namespace EcosystemSilo.Grains.ApiKeys;

/// <summary>An API key: issued once, revoked for good. Only the hash of its secret is known here.</summary>
public static class ApiKey
{
    public static GrainKind<ApiKeyView> Kind { get; } = new(ApiKeyKey.Kind, stateShape: 1, Decide, Apply);

    public static Decision Decide(ApiKeyView? key, ICommand command, DecisionContext context) =>
        (key, command) switch
        {
            (null, IssueApiKey { Role: Role.Partner, Partner: null }) => Decision.Refuse(
                Refusals.Invalid,
                "A key of role partner must name the partner whose data it may see.",
                "partner"
            ),
            (null, IssueApiKey c) => Decision.Accept(
                new ApiKeyIssued(c.Name, c.Role, c.Partner, c.Hash, c.Prefix, context.Now, c.ExpiresAt)
            ),
            (null, _) => Decision.Refuse(Refusals.Missing(context.Key)),
            (_, IssueApiKey) => Decision.Refuse(Refusals.Exists(context.Key)),
            ({ RevokedAt: null }, RevokeApiKey) => Decision.Accept(new ApiKeyRevoked(context.Now, context.Actor)),
            (_, RevokeApiKey) => Decision.Nothing,
            _ => throw Unhandled.Command(ApiKeyKey.Kind, command),
        };

    public static ApiKeyView Apply(ApiKeyView? key, IEvent happened) =>
        (key, happened) switch
        {
            (null, ApiKeyIssued e) => new ApiKeyView(
                e.Name,
                e.Role,
                e.Partner,
                e.Hash,
                e.Prefix,
                e.At,
                e.ExpiresAt,
                RevokedAt: null
            ),
            ({ }, ApiKeyRevoked e) => key with { RevokedAt = e.At },
            _ => throw Unhandled.Event(ApiKeyKey.Kind, happened),
        };
}
