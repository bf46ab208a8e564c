namespace EcosystemSilo.Gateway.Http;

/// <summary>
/// The codes of answers that the gateway gives itself, before or instead of asking a grain. Those of fields are in
/// <see cref="Senders.Json.FieldCodes"/>, and those that grains give in <see cref="Grains.Interfaces.Refusals"/>; all
/// are mapped to HTTP in <see cref="Problems"/>.
/// </summary>
public static class EdgeCodes
{
    public const string Unauthenticated = "unauthenticated";
    public const string RoleForbidden = "role-forbidden";
    public const string PartnerForbidden = "partner-forbidden";
    public const string EcosystemForbidden = "ecosystem-forbidden";
    public const string EcosystemUnknown = "ecosystem-unknown";
    public const string PortalHeaderMissing = "portal-header-missing";
    public const string OriginForbidden = "origin-forbidden";
    public const string RateExceeded = "rate-exceeded";
    public const string Unavailable = "unavailable";
    public const string Unexpected = "unexpected";

    public const string RouteUnknown = "route-unknown";
    public const string MethodNotAllowed = "method-not-allowed";
    public const string RequestInvalid = "request.invalid";
    public const string BodyMalformed = "request.body-malformed";
    public const string BodyTooLarge = "request.body-too-large";
    public const string ContentTypeUnsupported = "request.content-type-unsupported";
    public const string IdempotencyKeyInvalid = "idempotency-key.invalid";
    public const string IfMatchInvalid = "if-match.invalid";
    public const string PreferInvalid = "prefer.invalid";
    public const string CursorInvalid = "cursor.invalid";
    public const string AtLeastInvalid = "at-least.invalid";
    public const string VersionNotReached = "version-not-reached";
    public const string LimitInvalid = "limit.invalid";
    public const string LogLevelsFull = "log-levels.full";
}
