using System.Collections.Frozen;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Senders.Json;

namespace EcosystemSilo.Gateway.Http;

/// <summary>The body of every error: problem details of RFC 9457 with a stable code.</summary>
/// <param name="Type">A URN of the code; stable.</param>
/// <param name="Title">The same for every problem of this code.</param>
/// <param name="Status">The HTTP status, repeated for readers of the body alone.</param>
/// <param name="Detail">What happened this time and what to do about it.</param>
/// <param name="Code">What a program should branch on.</param>
/// <param name="Field">The field, parameter or header at fault, if there is one.</param>
/// <param name="Correlation">Names this request in the logs; quote it when asking for help.</param>
/// <param name="Errors">Every field at fault, when there are several.</param>
public sealed record Problem(
    string Type,
    string Title,
    int Status,
    string Detail,
    string Code,
    string? Field,
    string? Correlation,
    IReadOnlyList<FieldProblem>? Errors = null
);

/// <summary>The one table from refusal and edge codes to HTTP, and the one way an error is written.</summary>
public static class Problems
{
    public const string ContentType = "application/problem+json";

    /// <summary>A refusal whose code was forgotten below is still a conflict with the rules, never a 500.</summary>
    private static readonly Entry Unlisted = new(409, "The rules refuse this");

    private static readonly FrozenDictionary<string, Entry> Table = new Dictionary<string, Entry>
    {
        [Refusals.NotFound] = new(404, "Not found"),
        [Refusals.AlreadyExists] = new(409, "The id is taken"),
        [Refusals.Invalid] = new(400, "The request is not valid"),
        [Refusals.IdReused] = new(409, "The idempotency key was used for another request"),
        [Refusals.VersionMismatch] = new(412, "The resource has changed meanwhile"),
        [Refusals.BlueprintMissing] = new(409, "The ecosystem has no blueprint in force"),
        [Refusals.BlueprintOutdated] = new(409, "A newer blueprint is in force"),
        [Refusals.CategoryUnknown] = new(422, "The blueprint has no such category"),
        [Refusals.ProductUnknown] = new(422, "The blueprint has no such product"),
        [Refusals.PartnerUnknown] = new(422, "The ecosystem has no such partner"),
        [Refusals.PhaseLast] = new(409, "There is no later phase"),
        [Refusals.PhaseSkipped] = new(409, "Phases cannot be skipped"),
        [Refusals.GateNotMet] = new(409, "The gate to the next phase is not met"),
        [Refusals.ItemUnknown] = new(404, "No such checklist item"),
        [Refusals.StatusForbids] = new(409, "The status does not allow this"),
        [Refusals.NotProtected] = new(409, "The deal does not hold its account"),
        [Refusals.AccountClosed] = new(409, "The account is closed"),
        [Refusals.SourceForbidden] = new(403, "The source's role does not allow this"),
        [Refusals.SchemeUnknown] = new(422, "No such webhook scheme"),
        [Refusals.MappingInvalid] = new(422, "The mapping is not valid"),
        [Refusals.NoLongerKept] = new(410, "It is no longer kept"),
        [Refusals.Revoked] = new(409, "It has been revoked"),
        [Refusals.Erased] = new(410, "The person was erased"),
        [Refusals.UserTaken] = new(409, "The user is somebody else here"),
        [Refusals.StreamsFull] = new(409, "The person has too many streams"),
        [Refusals.LedgerFull] = new(409, "The consent ledger is full"),
        [Refusals.ProgramRulesMissing] = new(409, "The blueprint has no rules for customer programs"),
        [Refusals.TemplateUnknown] = new(404, "The blueprint has no such template"),
        [Refusals.PersonUnknown] = new(422, "The ecosystem has no such person"),
        [Refusals.EnrolmentClosed] = new(409, "Enrolment is not open"),
        [Refusals.AlreadyEnrolled] = new(409, "The person takes part already"),
        [Refusals.NotEligible] = new(422, "The person is not eligible"),
        [Refusals.ProgramFull] = new(409, "The program has no free place"),
        [Refusals.InvitationUnknown] = new(422, "No such invitation"),
        [Refusals.InvitationExpired] = new(409, "The invitation has expired"),
        [Refusals.InvitationUsedUp] = new(409, "The invitation is used up"),
        [Refusals.InvitationsFull] = new(409, "Too many open invitations"),
        [Refusals.GrainPaused] = new(409, "It is paused"),

        [EdgeCodes.Unauthenticated] = new(401, "Valid credentials are needed"),
        [EdgeCodes.RoleForbidden] = new(403, "The role does not allow this"),
        [EdgeCodes.PartnerForbidden] = new(403, "Another partner's data"),
        [EdgeCodes.EcosystemForbidden] = new(403, "Another ecosystem's data"),
        [EdgeCodes.EcosystemUnknown] = new(404, "No such ecosystem"),
        [EdgeCodes.PortalHeaderMissing] = new(403, "The request does not come from the portal"),
        [EdgeCodes.OriginForbidden] = new(403, "The page is of another origin"),
        [EdgeCodes.RateExceeded] = new(429, "Too many requests"),
        [EdgeCodes.Unavailable] = new(503, "Try again shortly"),
        [EdgeCodes.Unexpected] = new(500, "Something went wrong on our side"),
        [EdgeCodes.RouteUnknown] = new(404, "No such address"),
        [EdgeCodes.MethodNotAllowed] = new(405, "The address does not take this method"),
        [EdgeCodes.RequestInvalid] = new(400, "The request is not valid"),
        [EdgeCodes.BodyMalformed] = new(400, "The body is not JSON that can be taken"),
        [EdgeCodes.BodyTooLarge] = new(413, "The body is too large"),
        [EdgeCodes.ContentTypeUnsupported] = new(415, "The body must be JSON"),
        [FieldCodes.FieldMissing] = new(400, "A field is missing"),
        [FieldCodes.FieldUnknown] = new(400, "A field is not known"),
        [FieldCodes.FieldInvalid] = new(400, "A field is not valid"),
        [FieldCodes.FieldTooLong] = new(400, "A field is too long"),
        [FieldCodes.TextNotClean] = new(400, "A text holds characters that cannot be kept"),
        [FieldCodes.MoneyFraction] = new(400, "Amounts are whole minor units"),
        [FieldCodes.MoneyInvalid] = new(400, "The amount is not valid"),
        [EdgeCodes.IdempotencyKeyInvalid] = new(400, "The Idempotency-Key is not valid"),
        [EdgeCodes.IfMatchInvalid] = new(400, "The If-Match is not valid"),
        [EdgeCodes.PreferInvalid] = new(400, "The Prefer is not valid"),
        [EdgeCodes.CursorInvalid] = new(400, "The cursor is not valid"),
        [EdgeCodes.AtLeastInvalid] = new(400, "The atLeast is not valid"),
        [EdgeCodes.VersionNotReached] = new(503, "The version is not there yet"),
        [EdgeCodes.LimitInvalid] = new(400, "The limit is not valid"),
        [EdgeCodes.LogLevelsFull] = new(409, "No more log levels may be changed"),
    }.ToFrozenDictionary();

    /// <summary>The codes of <see cref="JsonFault"/>, which all mean the same to HTTP.</summary>
    private const string JsonCodes = "json.";

    /// <summary>Every code that the table holds.</summary>
    public static IReadOnlyCollection<string> Codes => Table.Keys;

    public static int StatusOf(string code) => Find(code).Status;

    /// <summary>The answer to a refused request.</summary>
    public static IResult Result(Refusal refusal, IReadOnlyList<FieldProblem>? errors = null) =>
        new ProblemResult(refusal, errors);

    /// <summary>Writes the problem now, for middleware that has no result to return.</summary>
    public static Task Write(HttpContext context, Refusal refusal, IReadOnlyList<FieldProblem>? errors = null)
    {
        var (status, title) = Find(refusal.Code);
        return Write(context, status, title, refusal, errors);
    }

    /// <summary>
    /// Writes a problem whose status its own source states, as a webhook scheme does. A 503 says when to come back.
    /// </summary>
    public static Task Write(
        HttpContext context,
        int status,
        string title,
        Refusal refusal,
        IReadOnlyList<FieldProblem>? errors = null
    )
    {
        context.Response.StatusCode = status;
        context.Response.Headers.CacheControl = "no-store";
        if (status == StatusCodes.Status503ServiceUnavailable)
        {
            context.Response.Headers.RetryAfter = GatewayLimits.RetryAfter.TotalSeconds.ToString("0");
        }

        var problem = new Problem(
            $"urn:ecosystem-silo:problem:{refusal.Code}",
            title,
            status,
            refusal.Message,
            refusal.Code,
            refusal.Field,
            Correlation.Of(context),
            errors
        );
        return context.Response.WriteAsJsonAsync(
            problem,
            GatewayJson.Options,
            contentType: ContentType,
            context.RequestAborted
        );
    }

    private static Entry Find(string code) =>
        Table.TryGetValue(code, out var entry) ? entry
        : code.StartsWith(JsonCodes, StringComparison.Ordinal) ? Table[EdgeCodes.BodyMalformed]
        : Unlisted;

    private readonly record struct Entry(int Status, string Title);

    private sealed class ProblemResult(Refusal refusal, IReadOnlyList<FieldProblem>? errors) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => Write(httpContext, refusal, errors);
    }
}
