using System.Collections.Frozen;
using System.Text.RegularExpressions;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Accounts;
using EcosystemSilo.Grains.Interfaces.ApiKeys;
using EcosystemSilo.Grains.Interfaces.Blueprints;
using EcosystemSilo.Grains.Interfaces.CustomerPrograms;
using EcosystemSilo.Grains.Interfaces.Deals;
using EcosystemSilo.Grains.Interfaces.Deliveries;
using EcosystemSilo.Grains.Interfaces.Endpoints;
using EcosystemSilo.Grains.Interfaces.Enrolments;
using EcosystemSilo.Grains.Interfaces.Lifecycle;
using EcosystemSilo.Grains.Interfaces.Notifications;
using EcosystemSilo.Grains.Interfaces.Partners;
using EcosystemSilo.Grains.Interfaces.Pauses;
using EcosystemSilo.Grains.Interfaces.People;
using EcosystemSilo.Grains.Interfaces.Sources;
using EcosystemSilo.Grains.Interfaces.SourceUsers;
using EcosystemSilo.Grains.Interfaces.WearableStreams;

namespace EcosystemSilo.Silo.Projections;

/// <summary>
/// What each event says to people: to all who may see the timeline, so it names nobody and nothing of others' that only
/// some of them may see. Every event has its sentence here; a test checks that none is missing.
/// </summary>
internal static partial class TimelineSentences
{
    private static readonly FrozenDictionary<Type, Func<IEvent, string>> ByType = Partner()
        .Concat(Deal())
        .Concat(Account())
        .Concat(Person())
        .Concat(CustomerProgram())
        .Concat(Stream())
        .Concat(Outbound())
        .Concat(Surroundings())
        .Concat(Pauses())
        .ToFrozenDictionary();

    public static IEnumerable<Type> Types => ByType.Keys;

    public static string Of(IEvent happened) =>
        ByType.TryGetValue(happened.GetType(), out var say)
            ? say(happened)
            : throw new InvalidOperationException($"{happened.GetType().Name} has no sentence for the timeline.");

    private static IEnumerable<KeyValuePair<Type, Func<IEvent, string>>> Partner() =>
        [
            Say<PartnerRegistered>(e => $"Registered as {e.Category} in tier {e.Tier}"),
            Say<PhaseEntered>(e => $"Entered {Word(e.Phase)}{(e.DueAt is { } due ? $", due {Day(due)}" : "")}"),
            Say<ItemCompleted>(e => $"Completed {e.Item}"),
            Say<PhaseOverdue>(e => $"Became overdue in {Word(e.Phase)}, which was due {Day(e.DueAt)}"),
        ];

    private static IEnumerable<KeyValuePair<Type, Func<IEvent, string>>> Deal() =>
        [
            Say<DealRegistered>(e => $"Registered by {e.Partner} for {e.Product} at {e.Customer.Name}{For(e.Amount)}"),
            Say<DealProtected>(e => $"Protected until {Day(e.Until)}"),
            Say<DealQueued>(e => $"Waiting for the account as number {e.Position} in the queue"),
            Say<DealProtectionEnded>(_ => "Protection ended"),
            Say<DealApproved>(_ => "Approved"),
            Say<DealReturned>(e => $"Returned for correction: {e.Reason}"),
            Say<DealResubmitted>(e => $"Resubmitted{For(e.Amount)}{Because(e.Note)}"),
            Say<DealWithdrawn>(e => $"Withdrawn{Because(e.Reason)}"),
            Say<DealRejected>(e => $"Rejected: {OtherDeal.Replace(e.Reason, "another deal")}"),
            Say<DealWon>(_ => "Won"),
            Say<DealLost>(e => $"Lost{Because(e.Reason)}"),
            Say<DealClaimEnded>(e => e.Won ? "Closed the account" : "Gave the account back"),
            Say<DealAmountChanged>(e => $"Amount changed{For(e.Amount)}"),
            Say<DealAmountCleared>(_ => "Amount cleared"),
        ];

    private static IEnumerable<KeyValuePair<Type, Func<IEvent, string>>> Account() =>
        [
            Say<AccountProtected>(e => $"Protected for deal {e.Deal} until {Day(e.Until)}"),
            Say<ClaimQueued>(e => $"Deal {e.Deal} queued as number {e.Position}"),
            Say<ClaimMoved>(e => $"Deal {e.Deal} moved up to number {e.Position} in the queue"),
            Say<ClaimDenied>(e => $"Deal {e.Deal} denied: {e.Reason}"),
            Say<AccountReleased>(e => $"Deal {e.Deal} gave the account back"),
            Say<ProtectionExpired>(e => $"Protection of deal {e.Deal} expired"),
            Say<AccountClosed>(e => $"Closed: deal {e.Deal} was won"),
        ];

    private static IEnumerable<KeyValuePair<Type, Func<IEvent, string>>> Person() =>
        [
            Say<PersonRegistered>(_ => "Registered"),
            Say<ConsentGranted>(e => $"Agreed to {Word(e.Purpose)}, text {e.TextVersion}, by {e.Channel}"),
            Say<ConsentWithdrawn>(e => $"Took the consent to {Word(e.Purpose)} back, by {e.Channel}"),
            Say<PersonStreamAdded>(e => $"Connected to {e.Source} for {Word(e.Purpose)}"),
            Say<StreamPermissionChanged>(e => e.IsAllowed ? $"{e.Source} may flow" : $"{e.Source} may not flow"),
            Say<SourcesPreferred>(e =>
                $"{(e.Measure is { } measure ? Measures.Of(measure).Label : "Everything")} counts from "
                + string.Join(", then ", e.Sources)
            ),
            Say<ProgramJoined>(e => $"Joined {e.Program}"),
            Say<ProgramsLeft>(_ => "Left every program"),
            Say<PersonErased>(_ => "Erased"),
            Say<PersonalDataErased>(_ => "Erased with the person"),
        ];

    private static IEnumerable<KeyValuePair<Type, Func<IEvent, string>>> CustomerProgram() =>
        [
            Say<ProgramCreated>(e => $"Created as {e.Name} of {e.Partner} for {e.Customer.Name} until {Day(e.Ends)}"),
            Say<InvitationCreated>(e => $"Invitation …{e.Hint} made for {e.UsesMax} uses until {Day(e.ExpiresAt)}"),
            Say<InvitationRevoked>(e => $"Invitation {e.Invitation} revoked"),
            Say<PersonEnrolled>(e => $"Place {e.Number} given"),
            Say<PlaceReturned>(_ => "A place came back"),
            Say<ProgramReferralReceived>(_ => "A referral was received"),
            Say<ProgramRenewalDue>(e => $"Renewal due; ends {Day(e.Ends)}"),
            Say<ProgramRenewed>(e => $"Renewed until {Day(e.Ends)}"),
            Say<ProgramEnded>(e => $"Ended{Because(e.Reason)}"),
            Say<EnrolmentStarted>(e => $"Enrolled in {e.Program} by invitation {e.Invitation}"),
            Say<EnrolmentRepeated>(e => $"Enrolled already; place {e.Number} went back"),
            Say<EnrolmentWithdrawn>(e => $"Withdrew from {e.Program}"),
        ];

    private static IEnumerable<KeyValuePair<Type, Func<IEvent, string>>> Outbound() =>
        [
            Say<EndpointCreated>(_ => "Created"),
            Say<EndpointChanged>(_ => "Changed"),
            Say<EndpointSecretRotated>(e => $"Secret rotated; the older ones sign until {Day(e.OthersExpireAt)}"),
            Say<EndpointDisabled>(e => $"Disabled: {Word(e.Reason)}"),
            Say<EndpointEnabled>(e => $"Enabled, with what happened since {Day(e.Since)}"),
            Say<EndpointDeleted>(_ => "Deleted"),
            Say<EndpointFailing>(e => $"Fails{(e.Status is { } status ? $" with status {status}" : "")}"),
            Say<EndpointRecovered>(_ => "Takes what is sent again"),
            Say<EndpointCaughtUp>(_ => "All that was missed is on its way"),
            Say<NotificationCreated>(e => $"To be sent to {e.Endpoint}: {e.Type}"),
            Say<NotificationDelivered>(e => $"Delivered with status {e.Attempt.Status}"),
            Say<NotificationAttemptFailed>(e => $"Attempt failed: {Outcome(e.Attempt)}"),
            Say<NotificationFailed>(e => $"Given up: {Outcome(e.Attempt)}"),
            Say<NotificationRequeued>(_ => "To be sent again"),
            Say<NotificationCancelled>(_ => "Cancelled with its endpoint"),
        ];

    private static IEnumerable<KeyValuePair<Type, Func<IEvent, string>>> Stream() =>
        [
            Say<StreamOpened>(e => $"Connected for {Word(e.Purpose)}"),
            Say<StreamUserNamed>(_ => "Told who the person is at the sender"),
            Say<FlowAllowed>(_ => "Allowed to flow"),
            Say<FlowStopped>(_ => "Stopped: the consent is not in force"),
            Say<SamplesStored>(e =>
                $"{(e.IsBackfill ? "Backfilled" : "Stored")} {e.Blocks.Sum(block => block.Count)} samples"
                + (e.SetAside.Count > 0 ? $", set {e.SetAside.Count} values aside" : "")
            ),
            Say<SamplesRefused>(e =>
                e.Count == 0 ? "Refused news without consent" : $"Refused {e.Count} samples without consent"
            ),
            Say<StreamWentLive>(_ => "Went live"),
            Say<StreamWentStale>(_ => "Went stale: nothing new came"),
            Say<StreamDisconnected>(_ => "Disconnected"),
            Say<BackfillStarted>(e => $"Backfill started from {Day(e.From)}"),
            Say<BackfillCompleted>(e => $"Backfill of {Measures.Of(e.Measure).Label.ToLowerInvariant()} complete"),
            Say<StreamAuthorised>(_ => "Authorised by the person's tokens"),
            Say<FetchRequested>(e => $"Fetch {e.Number} requested: {e.Resource}{(e.IsPast ? " of the past" : "")}"),
            Say<FetchDue>(e => $"Fetch {e.Number}: attempt {e.Attempt}"),
            Say<FetchPostponed>(e => $"Fetch {e.Number} postponed: {e.Reason}"),
            Say<FetchCompleted>(e => $"Fetch {e.Number} complete"),
            Say<FetchGivenUp>(e => $"{(e.Number == 0 ? "News" : $"Fetch {e.Number}")} given up: {e.Reason}"),
            Say<PastRequested>(e => $"The past since {Day(e.From)} is fetched"),
            Say<DeregistrationRequested>(_ => "The sender is told to stop"),
            Say<UserLinked>(_ => "Named as a person"),
            Say<UserUnlinked>(_ => "Let go by the person"),
        ];

    private static IEnumerable<KeyValuePair<Type, Func<IEvent, string>>> Surroundings() =>
        [
            Say<DeliveryRefused>(e => $"Refused: {e.Reason}"),
            Say<SourceCreated>(e => $"Created as {e.Name} with scheme {e.Scheme}"),
            Say<SecretRotated>(e => $"Secret rotated; the older ones end {Day(e.OthersExpireAt)}"),
            Say<MappingChanged>(_ => "Mapping changed"),
            Say<SettingsChanged>(e => $"Settings changed: {string.Join(", ", e.Settings.Keys)}"),
            Say<DeliveryReceived>(e => $"Received with {e.Parts.Count} events from {e.Source}"),
            Say<DeliveryIgnored>(e => $"Ignored: nothing is mapped to {e.Event.Type}"),
            Say<DeliveryBuried>(e => $"Set aside: {e.Reason.Code}"),
            Say<DeliveryReplayed>(_ => "Replayed with success"),
            Say<DeliveryReplayRefused>(e => $"Replayed without success: {e.Reason.Code}"),
            Say<BlueprintPublished>(e =>
                $"Version {e.Version} of {e.Document.Title} in force from {Day(e.EffectiveFrom)}"
            ),
            Say<ApiKeyIssued>(e => $"Issued as {e.Name}"),
            Say<ApiKeyRevoked>(_ => "Revoked"),
        ];

    private static IEnumerable<KeyValuePair<Type, Func<IEvent, string>>> Pauses() =>
        [Say<GrainPaused>(e => $"Paused: {e.Reason}"), Say<GrainResumed>(_ => "Resumed")];

    private static KeyValuePair<Type, Func<IEvent, string>> Say<TEvent>(Func<TEvent, string> sentence)
        where TEvent : IEvent => new(typeof(TEvent), happened => sentence((TEvent)happened));

    private static string Word(Phase phase) => phase.ToString().ToLowerInvariant();

    private static string Word(Purpose purpose) =>
        purpose == Purpose.InsurerSharing ? "insurer sharing" : purpose.ToString().ToLowerInvariant();

    private static string Word(DisabledReason reason) =>
        reason switch
        {
            DisabledReason.Asked => "on request",
            DisabledReason.Failing => "every attempt failed for days",
            _ => "it answered 410 Gone",
        };

    private static string Outcome(Attempt attempt) => attempt.Error ?? $"status {attempt.Status}";

    private static string Day(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd");

    private static string For(Money? amount) => amount is null ? "" : $" for {Text(amount)}";

    private static string Text(Money amount)
    {
        var major = amount.Minor / (decimal)Currencies.MinorUnits(amount.Currency);
        return $"{major.ToString($"N{Currencies.Decimals(amount.Currency)}")} {amount.Currency}";
    }

    /// <summary>An account says which deal won it; whose it is, is not the business of the others.</summary>
    [GeneratedRegex("the (?:won )?deal '[^']*'", RegexOptions.NonBacktracking)]
    private static partial Regex OtherDeal { get; }

    private static string Because(string? reason) => string.IsNullOrEmpty(reason) ? "" : $": {reason}";
}
