using System.Collections.Frozen;
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

namespace EcosystemSilo.Gateway.Timelines;

/// <summary>
/// What a timeline shows of one type of event; a path names a member and, behind dots, members of it.
/// </summary>
/// <param name="Everybody">Fields for whoever may see the timeline.</param>
/// <param name="Staff">Fields for all but partners: who decided, and what others have to do with it.</param>
/// <param name="People">Fields for roles that see people: who it is about.</param>
internal sealed record ShownFields(string[] Everybody, string[] Staff, string[] People);

/// <summary>
/// The fields of each stored event that timelines show. What is not named here is shown to nobody: not the samples,
/// which are read by way of the consent, nor who a person is at a sender, nor addresses to fetch from, secrets and
/// bodies. A test checks that every event has its row.
/// </summary>
internal static class TimelineFields
{
    private static readonly FrozenDictionary<string, ShownFields> ByName = Business()
        .Concat(Accounts())
        .Concat(People())
        .Concat(Streams())
        .Concat(Outbound())
        .Concat(Surroundings())
        .ToFrozenDictionary(row => Wire.Of(row.Type).Name, row => row.Fields);

    public static IEnumerable<string> Names => ByName.Keys;

    /// <summary>What is shown of an event; of one without a row, nothing.</summary>
    public static ShownFields Of(string name) => ByName.GetValueOrDefault(name) ?? new ShownFields([], [], []);

    private static IEnumerable<(Type Type, ShownFields Fields)> Business() =>
        [
            Row<PartnerRegistered>("name category region tier blueprint"),
            Row<PhaseEntered>("phase at dueAt items blueprint"),
            Row<ItemCompleted>("item at", staff: "by"),
            Row<PhaseOverdue>("phase dueAt"),
            Row<DealRegistered>("partner customer.name customer.domain domain product amount blueprint"),
            Row<DealProtected>("until"),
            Row<DealQueued>("position"),
            Row<DealProtectionEnded>(),
            Row<DealApproved>(staff: "by"),
            Row<DealReturned>("reason"),
            Row<DealResubmitted>("amount note"),
            Row<DealWithdrawn>("reason"),
            Row<DealRejected>(staff: "reason"),
            Row<DealWon>(),
            Row<DealLost>("reason"),
            Row<DealClaimEnded>("domain product won"),
            Row<DealAmountChanged>("amount"),
            Row<DealAmountCleared>(),
            Row<ProgramCreated>(
                "name partner customer.name customer.domain domain type eligibility goals starts ends renewalDueAt "
                    + "capacity template blueprint"
            ),
            Row<InvitationCreated>("invitation hint usesMax expiresAt at"),
            Row<InvitationRevoked>("invitation"),
            Row<PersonEnrolled>("number at", people: "person invitation goals"),
            Row<PlaceReturned>(people: "person invitation"),
            Row<ProgramReferralReceived>("at", people: "reference"),
            Row<ProgramRenewalDue>("ends"),
            Row<ProgramRenewed>("ends renewalDueAt"),
            Row<ProgramEnded>("at reason"),
            Row<GrainPaused>("reason at", staff: "by"),
            Row<GrainResumed>("at", staff: "by"),
        ];

    private static IEnumerable<(Type Type, ShownFields Fields)> Accounts() =>
        [
            Row<AccountProtected>("until", staff: "deal partner"),
            Row<ClaimQueued>("position", staff: "deal partner"),
            Row<ClaimMoved>("position", staff: "deal"),
            Row<ClaimDenied>(staff: "deal reason"),
            Row<AccountReleased>(staff: "deal"),
            Row<ProtectionExpired>(staff: "deal"),
            Row<AccountClosed>(staff: "deal"),
        ];

    private static IEnumerable<(Type Type, ShownFields Fields)> People() =>
        [
            Row<PersonRegistered>(people: "partner"),
            Row<ConsentGranted>("at", people: "purpose textVersion channel"),
            Row<ConsentWithdrawn>("at", people: "purpose channel"),
            Row<PersonStreamAdded>("at", people: "source purpose"),
            Row<StreamPermissionChanged>("serial", people: "source isAllowed"),
            Row<SourcesPreferred>(people: "measure sources"),
            Row<ProgramJoined>(people: "program"),
            Row<ProgramsLeft>(people: "programs"),
            Row<PersonErased>("at"),
            Row<PersonalDataErased>(),
            Row<EnrolmentStarted>("program number at", people: "person invitation goals"),
            Row<EnrolmentRepeated>("program number", people: "person invitation"),
            Row<EnrolmentWithdrawn>("program at", people: "person"),
            Row<UserLinked>(people: "person"),
            Row<UserUnlinked>(people: "person"),
        ];

    private static IEnumerable<(Type Type, ShownFields Fields)> Streams() =>
        [
            Row<StreamOpened>("purpose at"),
            Row<StreamUserNamed>(),
            Row<FlowAllowed>("serial at"),
            Row<FlowStopped>("serial at"),
            Row<SamplesStored>("isBackfill at"),
            Row<SamplesRefused>("count at"),
            Row<StreamWentLive>("at"),
            Row<StreamWentStale>("at"),
            Row<StreamDisconnected>("at", people: "reason"),
            Row<BackfillStarted>("from at"),
            Row<BackfillCompleted>("measure at"),
            Row<StreamAuthorised>("at"),
            Row<FetchRequested>("number resource isPast dueAt at", people: "from to"),
            Row<FetchDue>("number attempt lostAt"),
            Row<FetchPostponed>("number isFailure reason nextAt at"),
            Row<FetchCompleted>("number at"),
            Row<FetchGivenUp>("number reason at"),
            Row<PastRequested>("from to", people: "resources"),
            Row<DeregistrationRequested>("number at"),
        ];

    private static IEnumerable<(Type Type, ShownFields Fields)> Outbound() =>
        [
            Row<EndpointCreated>(
                staff: "settings.description settings.types settings.partner settings.order settings.perSecond "
                    + "secret.hint secret.createdAt secret.expiresAt"
            ),
            Row<EndpointChanged>(
                staff: "settings.description settings.types settings.partner settings.order settings.perSecond"
            ),
            Row<EndpointSecretRotated>("othersExpireAt", staff: "secret.hint secret.createdAt secret.expiresAt"),
            Row<EndpointDisabled>("reason at"),
            Row<EndpointEnabled>("since"),
            Row<EndpointDeleted>(),
            Row<EndpointFailing>("since status"),
            Row<EndpointRecovered>("at"),
            Row<EndpointCaughtUp>(),
            Row<NotificationCreated>("type at", staff: "endpoint event lane"),
            Row<NotificationDelivered>(staff: "endpoint attempt.at attempt.milliseconds attempt.status"),
            Row<NotificationAttemptFailed>(
                "nextAt",
                staff: "endpoint attempt.at attempt.milliseconds attempt.status attempt.retryAfterSeconds"
            ),
            Row<NotificationFailed>(staff: "endpoint attempt.at attempt.milliseconds attempt.status"),
            Row<NotificationRequeued>("was at", staff: "endpoint lane"),
            Row<NotificationCancelled>(staff: "endpoint"),
        ];

    private static IEnumerable<(Type Type, ShownFields Fields)> Surroundings() =>
        [
            Row<SourceCreated>(staff: "name scheme secret.hint secret.createdAt secret.expiresAt"),
            Row<SecretRotated>("othersExpireAt", staff: "secret.hint secret.createdAt secret.expiresAt"),
            Row<MappingChanged>(),
            Row<SettingsChanged>(),
            Row<DeliveryReceived>("at", staff: "source parts.event.eventId parts.event.type parts.reason.code"),
            Row<DeliveryIgnored>("at", staff: "source event.eventId event.type"),
            Row<DeliveryBuried>("at", staff: "source event.eventId event.type reason.code reason.field"),
            Row<DeliveryRefused>("at", staff: "source type reason"),
            Row<DeliveryReplayed>("at", staff: "by"),
            Row<DeliveryReplayRefused>("at", staff: "by reason.code reason.field"),
            Row<BlueprintPublished>("version effectiveFrom"),
            Row<ApiKeyIssued>(staff: "name role partner prefix at expiresAt"),
            Row<ApiKeyRevoked>("at", staff: "by"),
        ];

    private static (Type Type, ShownFields Fields) Row<TEvent>(
        string everybody = "",
        string staff = "",
        string people = ""
    )
        where TEvent : IEvent => (typeof(TEvent), new ShownFields(Paths(everybody), Paths(staff), Paths(people)));

    private static string[] Paths(string words) => words.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
