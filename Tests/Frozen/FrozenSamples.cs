using System.Text.Json;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Accounts;
using EcosystemSilo.Grains.Interfaces.ApiKeys;
using EcosystemSilo.Grains.Interfaces.Blueprints;
using EcosystemSilo.Grains.Interfaces.Deals;
using EcosystemSilo.Grains.Interfaces.Deliveries;
using EcosystemSilo.Grains.Interfaces.Lifecycle;
using EcosystemSilo.Grains.Interfaces.Partners;
using EcosystemSilo.Grains.Interfaces.People;
using EcosystemSilo.Grains.Interfaces.Sources;
using EcosystemSilo.Tests.Support;

namespace EcosystemSilo.Tests.Frozen;

/// <summary>
/// One message of every name and version, with every member set. What is stored of it is in messages/; a sample is
/// never changed and never removed, because journals hold its like.
/// </summary>
internal static class FrozenSamples
{
    private static readonly DateTimeOffset At = new(2026, 3, 29, 1, 30, 0, 123, 456, TimeSpan.Zero);
    private static readonly DateTimeOffset Later = At.AddDays(90);
    private static readonly DealId Deal = new("d-1");
    private static readonly PartnerId Partner = new("p-1");
    private static readonly SourceId Source = new("hubspot");
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
        new BlueprintPublished(4, StoryRules.Document, At),
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
        new PersonErased(At),
        new PersonalDataErased(),
    ];

    /// <summary>Commands are stored too, inside deliveries.</summary>
    public static IReadOnlyList<object> Commands { get; } =
    [
        new DeadlineReached("time-box", At),
        new ClaimAccount(Deal, Partner),
        new ReleaseAccount(Deal),
        new CloseAccount(Deal),
        new IssueApiKey("CI", Role.Integration, Partner, "aGFzaA==", "esk_12ab", Later),
        new RevokeApiKey(),
        new RegisterPerson("Märta", "marta@example.org", Partner),
        new GrantConsent(Purpose.Research, "2026-03", "app"),
        new WithdrawConsent(Purpose.Marketing, "paper"),
        new ErasePerson(),
        new PublishBlueprint(StoryRules.Document),
        new RegisterDeal(Partner, Customer, Product, Amount),
        new ApproveDeal(),
        new ReturnDeal("which edition?"),
        new ResubmitDeal(Amount, "the starter"),
        new WithdrawDeal("no time"),
        new RejectDeal("no budget"),
        new WinDeal(),
        new LoseDeal("bought another"),
        new ChangeDealAmount(Amount),
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
    ];
}
