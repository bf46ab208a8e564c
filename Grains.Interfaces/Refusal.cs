namespace EcosystemSilo.Grains.Interfaces;

/// <summary>
/// Why the rules say no: a stable code, a sentence that says what to do, and the field at fault if one is.
/// </summary>
public sealed record Refusal(string Code, string Message, string? Field = null);

/// <summary>The one list of refusal codes. The gateway maps each to an HTTP status in its Problems table.</summary>
public static class Refusals
{
    public const string NotFound = "not-found";
    public const string AlreadyExists = "already-exists";
    public const string Invalid = "invalid";
    public const string IdReused = "id-reused";
    public const string VersionMismatch = "version-mismatch";
    public const string BlueprintMissing = "blueprint-missing";
    public const string BlueprintOutdated = "blueprint-outdated";
    public const string CategoryUnknown = "category-unknown";
    public const string ProductUnknown = "product-unknown";
    public const string PartnerUnknown = "partner-unknown";
    public const string PhaseLast = "phase-last";
    public const string PhaseSkipped = "phase-skipped";
    public const string GateNotMet = "gate-not-met";
    public const string ItemUnknown = "item-unknown";
    public const string StatusForbids = "status-forbids";
    public const string NotProtected = "not-protected";
    public const string AccountClosed = "account-closed";
    public const string SourceForbidden = "source-forbidden";
    public const string SchemeUnknown = "scheme-unknown";
    public const string MappingInvalid = "mapping-invalid";
    public const string NoLongerKept = "no-longer-kept";
    public const string Revoked = "revoked";
    public const string Erased = "erased";
    public const string LedgerFull = "ledger-full";
    public const string ProgramRulesMissing = "program-rules-missing";
    public const string TemplateUnknown = "template-unknown";
    public const string PersonUnknown = "person-unknown";
    public const string EnrolmentClosed = "enrolment-closed";
    public const string AlreadyEnrolled = "already-enrolled";
    public const string NotEligible = "not-eligible";
    public const string ProgramFull = "program-full";
    public const string InvitationUnknown = "invitation-unknown";
    public const string InvitationExpired = "invitation-expired";
    public const string InvitationUsedUp = "invitation-used-up";
    public const string InvitationsFull = "invitations-full";
    public const string UserTaken = "user-taken";
    public const string StreamsFull = "streams-full";
    public const string GrainPaused = "grain-paused";

    public static Refusal Missing(GrainKey key) =>
        new(NotFound, $"There is no {key.Kind} '{key.Id}' in {key.Ecosystem}.");

    public static Refusal Exists(GrainKey key) =>
        new(AlreadyExists, $"The {key.Kind} '{key.Id}' exists already; choose another id or leave the id out.", "id");

    public static Refusal ErasedAlready(GrainKey key) =>
        new(Erased, $"The {key.Kind} '{key.Id}' was erased; nothing can be added.");

    public static Refusal NoBlueprint(GrainKey key) =>
        new(BlueprintMissing, $"No blueprint is published for {key.Ecosystem}, so there are no rules to decide by.");
}
