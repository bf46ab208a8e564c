namespace EcosystemSilo.Gateway.Http;

/// <summary>
/// The codes of answers that the gateway gives itself, before or instead of asking a grain. Those that grains give are
/// in <see cref="Grains.Interfaces.Refusals"/>; both are mapped to HTTP in <see cref="Problems"/>.
/// </summary>
public static class EdgeCodes
{
    public const string Unauthenticated = "unauthenticated";
    public const string RoleForbidden = "role-forbidden";
    public const string PartnerForbidden = "partner-forbidden";
    public const string EcosystemForbidden = "ecosystem-forbidden";
    public const string EcosystemUnknown = "ecosystem-unknown";
    public const string PortalHeaderMissing = "portal-header-missing";
    public const string RateExceeded = "rate-exceeded";
    public const string Unavailable = "unavailable";
    public const string Unexpected = "unexpected";

    public const string RouteUnknown = "route-unknown";
    public const string MethodNotAllowed = "method-not-allowed";
    public const string RequestInvalid = "request.invalid";
    public const string BodyMalformed = "request.body-malformed";
    public const string BodyTooLarge = "request.body-too-large";
    public const string ContentTypeUnsupported = "request.content-type-unsupported";
    public const string FieldMissing = "request.field-missing";
    public const string FieldUnknown = "request.field-unknown";
    public const string FieldInvalid = "request.field-invalid";
    public const string FieldTooLong = "request.field-too-long";
    public const string TextNotClean = "request.text-not-clean";
    public const string MoneyFraction = "money.fraction";
    public const string MoneyInvalid = "money.invalid";
    public const string IdempotencyKeyInvalid = "idempotency-key.invalid";
    public const string IfMatchInvalid = "if-match.invalid";
    public const string PreferInvalid = "prefer.invalid";
    public const string CursorInvalid = "cursor.invalid";
    public const string AtLeastInvalid = "at-least.invalid";
    public const string VersionNotReached = "version-not-reached";
    public const string LimitInvalid = "limit.invalid";
}
