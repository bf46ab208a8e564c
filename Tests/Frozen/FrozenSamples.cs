using System.Text.Json;
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
using EcosystemSilo.Tests.Support;

namespace EcosystemSilo.Tests.Frozen;

/// <summary>
/// One message of every name and version, with every member set. What is stored of it is in messages/; a sample is
/// never changed and never removed, because journals hold its like.
/// </summary>
internal static partial class FrozenSamples
{
    private static readonly DateTimeOffset At = new(2026, 3, 29, 1, 30, 0, 123, 456, TimeSpan.Zero);
    private static readonly DateTimeOffset Later = At.AddDays(90);
    private static readonly DealId Deal = new("d-1");
    private static readonly PartnerId Partner = new("p-1");
    private static readonly SourceId Source = new("hubspot");
    private static readonly PersonId Person = new("person-1");
    private static readonly SetAside Aside = new("heart-rate", "out-of-range", "$.hr[0]");
    private static readonly SampleBlock Block = SampleBatch.Block(
        Measure.BloodPressure,
        [new Sample(At, Later, 120.5, Unit: 24, Second: 80, Id: "r-1", Version: 7, IsDailyTotal: true, Detail: "left")]
    );
    private static readonly ProductId Product = new("enterprise");
    private static readonly Money Amount = new(12_500_000, "USD");
    private static readonly Customer Customer = new("Sankt Märien \"Ost\"", "https://www.StMary.org/");
    private static readonly Refusal Reason = new("mapping-invalid", "There is no stage 'x'.", "dealstage");
    private static readonly SenderEvent Sent = new("evt-1", "deal.creation", At, "{\"objectId\":7}", "aGFzaA==");
    private static readonly Dictionary<string, SourceSetting> Settings = new()
    {
        ["addresses"] = new SourceSetting("192.0.2.0/24"),
        ["verifyToken"] = new SourceSetting("c2VhbGVk", "4f2a"),
    };
    private static readonly SealedSecret Secret = new("c2VhbGVk", "4f2a", At, Later);

    private static readonly EndpointId Endpoint = new("crm");
    private static readonly PublishedEventId Event = new("evt-17");
    private static readonly Attempt Attempt = new(At, 120, 503, "timeout", "Try \"later\"", 30);
    private static readonly EndpointSettings EndpointSettings = new(
        "https://crm.example.org/hooks?a=b&c=d",
        "Our CRM",
        ["deal.*", "partner.registered"],
        Partner,
        SendOrder.Fifo,
        PerSecond: 20
    );

    private static readonly SourceMapping Mapping = new(
        new Dictionary<string, string>(StringComparer.Ordinal) { ["closedwon"] = "won", ["presentation"] = "launch" },
        DealId: "hubspot-{objectId}",
        Partner: "p-1",
        Product: "enterprise",
        Currency: "USD",
        CustomerName: "{company}",
        CustomerDomain: "{domain}",
        StageProperty: "dealstage",
        AmountProperty: "amount"
    );

    private static readonly DeliveryPart[] Parts =
    [
        new(
            Sent,
            new CommandEnvelope(
                "acme/deal/d-1",
                "deal.win",
                1,
                JsonDocument.Parse("{\"some\":[1,2.50,\"ü\"]}").RootElement
            ),
            Reason: null
        ),
        new(Sent with { EventId = "evt-2" }, Command: null, Reason),
        new(
            new SenderEvent("evt-3", "contact.creation", OccurredAt: null, "{}", "aGFzaA=="),
            Command: null,
            Reason: null
        ),
    ];

    /// <summary>A blueprint as it was published before there were customer programs.</summary>
    private static readonly BlueprintDocument FirstDocument = StoryRules.Document with
    {
        ProgramPhases = null,
        ProgramTerms = null,
        Outcomes = null,
        Templates = null,
    };

    private static readonly CustomerProgramId Program = new("program-1");
    private static readonly InvitationId Invitation = new("i-1");
    private static readonly TemplateId Template = new("health-system");
    private static readonly Eligibility Eligibility = new("employees with a \"badge\"", "stmary.org", 18);
    private static readonly ProgramGoals Goals = new(
        new SortedDictionary<Measure, int> { [Measure.Steps] = 8_000, [Measure.ActiveEnergy] = 400 },
        ActivePercent: 60
    );

    public static IReadOnlyList<object> Events { get; } =
    [
        new AccountProtected(Deal, Partner, Later),
        new ClaimQueued(Deal, Partner, 3),
        new ClaimMoved(Deal, 2),
        new ClaimDenied(Deal, "sold"),
        new AccountReleased(Deal),
        new ProtectionExpired(Deal),
        new AccountClosed(Deal),
        new ApiKeyIssued("CI", Role.PartnerManager, Partner, "aGFzaA==", "esk_12ab", At, Later),
        new ApiKeyRevoked(At, "key:k_1"),
        new BlueprintPublished(4, FirstDocument, At),
        new DealRegistered(Partner, Customer, "stmary.org", Product, Amount, Blueprint: 4),
        new DealProtected(Later),
        new DealQueued(2),
        new DealProtectionEnded(),
        new DealApproved("key:k_1"),
        new DealReturned("which edition?"),
        new DealResubmitted(Amount, "the starter"),
        new DealWithdrawn("no time"),
        new DealRejected("no budget"),
        new DealWon(),
        new DealLost("bought another"),
        new DealClaimEnded("stmary.org", Product, Won: true),
        new DealAmountChanged(Amount),
        new DealAmountCleared(),
        new DeliveryReceived(Source, Parts, At),
        new DeliveryIgnored(Source, Sent, At),
        new DeliveryBuried(Source, Sent, Reason, At),
        new DeliveryReplayed(At, "key:k_1"),
        new DeliveryReplayRefused(Reason, At, "key:k_1"),
        new PhaseEntered(
            Phase.Integration,
            At,
            Later,
            [new PhaseItem(new ItemId("pilot"), "Pilot & \"go\""), new PhaseItem(new ItemId("tour"), "Tour", false)],
            Blueprint: 4
        ),
        new ItemCompleted(new ItemId("pilot"), At, "source:hubspot"),
        new PhaseOverdue(Phase.Launch, Later),
        new PartnerRegistered("St Mary", new CategoryId("hospital"), "emea", new TierId("silver"), Blueprint: 4),
        new SourceCreated("HubSpot", "hubspot-v3", Mapping, Secret),
        new SecretRotated(Secret, Later),
        new MappingChanged(Mapping),
        new SettingsChanged(Settings),
        new PersonRegistered("Märta", "marta@example.org", Partner),
        new ConsentGranted(Purpose.InsurerSharing, "2026-03", "app", At),
        new ConsentWithdrawn(Purpose.Coaching, "paper", At),
        new PersonStreamAdded(Source, Purpose.Coaching, At),
        new StreamPermissionChanged(Source, IsAllowed: true, Serial: 3),
        new SourcesPreferred(Measure.Sleep, [Source]),
        new ProgramJoined(Program),
        new ProgramsLeft([Program]),
        new PersonErased(At),
        new PersonalDataErased(),
        new ProgramCreated(
            "Moving Mary",
            Partner,
            Customer,
            "stmary.org",
            ProgramType.HealthSystemReferral,
            Eligibility,
            Goals,
            At,
            Later,
            Later.AddDays(-30),
            Capacity: 500,
            Template,
            Blueprint: 4
        ),
        new InvitationCreated(Invitation, "aGFzaA==", "4f2a", 100, Later, At),
        new InvitationRevoked(Invitation),
        new PersonEnrolled(Person, Invitation, 7, Goals, At),
        new PlaceReturned(Person, Invitation),
        new ProgramReferralReceived("ServiceRequest/12", At),
        new ProgramRenewalDue(Later),
        new ProgramRenewed(Later, At),
        new ProgramEnded(At, "no budget"),
        new EnrolmentStarted(Program, Person, Invitation, 7, Goals, At),
        new EnrolmentRepeated(Program, Person, Invitation, 8),
        new EnrolmentWithdrawn(Program, Person, At),
        new UserLinked(Person),
        new UserUnlinked(Person),
        new StreamOpened(Purpose.Research, At),
        new StreamUserNamed("user-7"),
        new FlowAllowed(3, At),
        new FlowStopped(4, At),
        new SamplesStored([Block], [new DeletedReading("r-1", Measure.Sleep, 5)], [Aside], IsBackfill: true, At),
        new SamplesRefused(12, At),
        new StreamWentLive(At),
        new StreamWentStale(At),
        new StreamDisconnected("deregistered", At),
        new BackfillStarted(At, Later),
        new BackfillCompleted(Measure.HeartRate, At),
        new DeliveryRefused(Source, "dailies", "user-unknown", At),
        new EndpointCreated(EndpointSettings, Secret),
        new EndpointChanged(EndpointSettings),
        new EndpointSecretRotated(Secret, Later),
        new EndpointDisabled(DisabledReason.Failing, EndpointSettings.Url, At),
        new EndpointEnabled(At),
        new EndpointDeleted(),
        new EndpointFailing(At, 503),
        new EndpointRecovered(At),
        new EndpointCaughtUp(),
        new NotificationCreated(Endpoint, Event, "deal.won", "deal/d-1", "{\"type\":\"deal.won\"}", At),
        new NotificationDelivered(Endpoint, Attempt),
        new NotificationAttemptFailed(Endpoint, Attempt, Later),
        new NotificationFailed(Endpoint, Attempt),
        new NotificationRequeued(Endpoint, "deal/d-1", NotificationStatus.Failed, At),
        new NotificationCancelled(Endpoint),
        new StreamAuthorised("c2VhbGVk", At),
        new FetchRequested(7, "sleep", "a1", At, Later, 5, IsPast: true, Later, At),
        new FetchDue(7, 2, Later),
        new FetchPostponed(7, IsFailure: true, "status-500", Later, At),
        new FetchCompleted(7, At),
        new FetchGivenUp(7, "status-404", At),
        new PastRequested(At, Later, [new PastResource("sleep", [Measure.Sleep, Measure.RespiratoryRate])]),
        new DeregistrationRequested(8, At),
        new GrainPaused("moved to the new \"CRM\"", "key:k_1", At),
        new GrainResumed("key:k_1", At),
    ];

    /// <summary>Commands are stored too, inside deliveries.</summary>
    public static IReadOnlyList<object> Commands { get; } =
    [
        new DeadlineReached("time-box", At),
        new SealedCommand("acme/person/person-1", "evt-1", "stream.store-samples", 1, "c2VhbGVk"),
        new PauseGrain("moved to the new \"CRM\""),
        new ResumeGrain(),
        new ClaimAccount(Deal, Partner),
        new ReleaseAccount(Deal),
        new CloseAccount(Deal),
        new IssueApiKey("CI", Role.Integration, Partner, "aGFzaA==", "esk_12ab", Later),
        new RevokeApiKey(),
        new RegisterPerson("Märta", "marta@example.org", Partner),
        new GrantConsent(Purpose.Research, "2026-03", "app"),
        new WithdrawConsent(Purpose.Marketing, "paper"),
        new AddStream(Source, Purpose.Coaching),
        new PreferSources(Measure.Sleep, [Source]),
        new JoinProgram(Program),
        new ErasePerson(),
        new PublishBlueprint(FirstDocument),
        new LinkUser(Person),
        new UnlinkUser(Person),
        new OpenStream("user-7", Purpose.Research),
        new FollowConsent(IsAllowed: true, Serial: 3),
        new StoreSamples([Block], [new DeletedReading("r-1", Measure: null, 5)], [Aside]),
        new DisconnectStream("deregistered"),
        new StartBackfill(At),
        new CompleteBackfill(Measure.Weight),
        new AuthoriseStream("c2VhbGVk"),
        new RenewTokens("c2VhbGVk", "b2xk"),
        new RequestFetch("sleep", "a1", At, Later, 5),
        new FetchPast(At, [new PastResource("sleep", [Measure.Sleep])]),
        new RecordFetch(7, 2, FetchOutcome.Throttled, "quota", 60),
        new RefuseDelivery(Source, "dailies", "user-unknown"),
        new RegisterDeal(Partner, Customer, Product, Amount),
        new ApproveDeal(),
        new ReturnDeal("which edition?"),
        new ResubmitDeal(Amount, "the starter"),
        new WithdrawDeal("no time"),
        new RejectDeal("no budget"),
        new WinDeal(),
        new LoseDeal("bought another"),
        new ChangeDealAmount(Amount),
        new ClearDealAmount(),
        new ConfirmProtection(Later),
        new ConfirmQueued(2),
        new DenyProtection("sold"),
        new EndProtection(),
        new ReceiveDelivery(Source, Parts),
        new IgnoreDelivery(Source, Sent),
        new BuryDelivery(Source, Sent, Reason),
        new RecordReplay(Reason),
        new CompleteItem(new ItemId("pilot")),
        new AdvancePhase(Phase.Scale),
        new RegisterPartner("St Mary", new CategoryId("hospital"), "emea"),
        new CreateSource("HubSpot", "hubspot-v3", Mapping, Secret),
        new RotateSecret(Secret, TimeSpan.FromHours(24)),
        new ChangeMapping(Mapping),
        new ChangeSettings(Settings),
        new CreateProgram(
            "Moving Mary",
            Partner,
            Customer,
            ProgramType.EmployerWellness,
            At,
            Later,
            Eligibility,
            Goals,
            500,
            Template
        ),
        new CreateInvitation(Invitation, "aGFzaA==", "4f2a", 100, Later),
        new RevokeInvitation(Invitation),
        new EnrolPerson(Person, "aGFzaA==", "stmary.org", new DateOnly(1990, 2, 28)),
        new ReturnPlace(Person, Invitation),
        new ReceiveReferral("ServiceRequest/12"),
        new RenewProgram(Later),
        new EndProgram("no budget"),
        new StartEnrolment(Program, Person, Invitation, 7, Goals, At),
        new WithdrawEnrolment(),
        new CreateEndpoint(EndpointSettings, Secret),
        new ChangeEndpoint(EndpointSettings),
        new RotateEndpointSecret(Secret, TimeSpan.FromHours(24)),
        new DisableEndpoint(DisabledReason.Gone),
        new EnableEndpoint(At),
        new DeleteEndpoint(),
        new NoteFailure(At, 503),
        new NoteSuccess(At),
        new NoteCaughtUp(),
        new SendNotification(Endpoint, Event, "deal.won", "deal/d-1", "{\"type\":\"deal.won\"}"),
        new RecordAttempt(2, Attempt),
        new ResendNotification(),
        new CancelNotification(),
    ];
}
