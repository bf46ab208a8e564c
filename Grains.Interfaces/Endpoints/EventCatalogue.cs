using System.Collections.Frozen;
using EcosystemSilo.Grains.Interfaces.CustomerPrograms;
using EcosystemSilo.Grains.Interfaces.Deals;
using EcosystemSilo.Grains.Interfaces.Lifecycle;
using EcosystemSilo.Grains.Interfaces.Partners;

namespace EcosystemSilo.Grains.Interfaces.Endpoints;

/// <summary>
/// Every event that is told to others, by webhook or by polling. What is not listed here stays inside; an event that
/// describes a person is never listed. A type's meaning never changes, because receivers rely on it.
/// </summary>
public static class EventCatalogue
{
    private static readonly DateTimeOffset Day = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);
    private static readonly Money Amount = new(12_500_000, "USD");

    public static IReadOnlyList<PublishedEvent> All { get; } =
    [
        .. Partners(),
        .. Deals(),
        .. Phases(PartnerKey.Kind, "partner"),
        .. Programs(),
        .. Phases(DealKey.Kind, "deal"),
        .. Phases(CustomerProgramKey.Kind, "program"),
        new(
            "endpoint.disabled",
            EndpointKey.Kind,
            "Nothing is sent to an endpoint any more; reason says why.",
            new EndpointDisabled(DisabledReason.Failing, "https://crm.example.org/hooks", Day)
        ),
    ];

    private static readonly FrozenDictionary<(string, Type), PublishedEvent> ByEvent = All.ToFrozenDictionary(
        published => (published.Kind, published.Sample.GetType())
    );

    private static readonly FrozenDictionary<string, PublishedEvent> ByType = All.ToFrozenDictionary(
        published => published.Type,
        StringComparer.Ordinal
    );

    /// <summary>The classes of all events that are published, of whatever kind of grain.</summary>
    public static IReadOnlyCollection<Type> Classes { get; } =
        All.Select(published => published.Sample.GetType()).ToFrozenSet();

    /// <summary>How this event of a grain is published; null when it is not.</summary>
    public static PublishedEvent? Find(GrainKey grain, IEvent happened) =>
        ByEvent.GetValueOrDefault((grain.Kind, happened.GetType()));

    public static PublishedEvent? Find(string type) => ByType.GetValueOrDefault(type);

    /// <summary>Whether a filter names a type, or by <c>deal.*</c> at least one.</summary>
    public static bool IsFilter(string filter) => All.Any(published => Matches(filter, published.Type));

    /// <summary>Whether a list of filters lets a type through; an empty one lets all.</summary>
    public static bool Matches(IReadOnlyList<string> filters, string type) =>
        filters.Count == 0 || filters.Any(filter => Matches(filter, type));

    private static bool Matches(string filter, string type) =>
        filter.EndsWith(".*", StringComparison.Ordinal)
            ? type.StartsWith(filter[..^1], StringComparison.Ordinal)
            : filter == type;

    private static IEnumerable<PublishedEvent> Partners() =>
        [
            new(
                "partner.registered",
                PartnerKey.Kind,
                "A partner has joined the ecosystem.",
                new PartnerRegistered("St Mary", new CategoryId("hospital"), "emea", new TierId("silver"), Blueprint: 4)
            ),
        ];

    private static IEnumerable<PublishedEvent> Deals() =>
        [
            Deal(
                "registered",
                "A partner has registered a deal.",
                new DealRegistered(
                    new PartnerId("p-1"),
                    new Customer("St Mary", "https://www.stmary.org/"),
                    "stmary.org",
                    new ProductId("enterprise"),
                    Amount,
                    Blueprint: 4
                )
            ),
            Deal("protected", "The deal holds its account; no other partner can win it.", new DealProtected(Day)),
            Deal("queued", "Another deal holds the account; this one is next but position.", new DealQueued(1)),
            Deal("protection-ended", "The deal holds its account no longer.", new DealProtectionEnded()),
            Deal("approved", "The deal was approved.", new DealApproved("")),
            Deal("returned", "The deal needs a correction.", new DealReturned("Which edition?")),
            Deal("resubmitted", "The deal was corrected.", new DealResubmitted(Amount, "The starter edition.")),
            Deal("withdrawn", "The partner has given the deal up.", new DealWithdrawn("No budget this year.")),
            Deal("rejected", "The deal was rejected.", new DealRejected("Not in this region.")),
            Deal("won", "The deal was won.", new DealWon()),
            Deal("lost", "The deal was lost.", new DealLost("Bought another product.")),
            Deal("amount-changed", "The deal is worth another amount.", new DealAmountChanged(Amount)),
            Deal("amount-cleared", "Nobody knows any longer what the deal is worth.", new DealAmountCleared()),
        ];

    private static IEnumerable<PublishedEvent> Programs() =>
        [
            Program("renewal-due", "A customer's program is to be renewed, or ends.", new ProgramRenewalDue(Day)),
            Program("renewed", "A customer's program goes on.", new ProgramRenewed(Day.AddYears(1), Day.AddMonths(11))),
            Program("ended", "A customer's program has ended.", new ProgramEnded(Day, "The contract is over.")),
        ];

    private static PublishedEvent Program(string name, string means, IEvent sample) =>
        new($"program.{name}", CustomerProgramKey.Kind, means, sample);

    private static PublishedEvent Deal(string name, string means, IEvent sample) =>
        new($"deal.{name}", DealKey.Kind, means, sample);

    /// <summary>What every kind with the four phases tells.</summary>
    private static IEnumerable<PublishedEvent> Phases(string kind, string subject)
    {
        var item = new ItemId("pilot");
        yield return new(
            $"{subject}.phase-entered",
            kind,
            $"A {subject} has entered a phase.",
            new PhaseEntered(Phase.Integration, Day, Day.AddDays(30), [new PhaseItem(item, "Run a pilot")], 4)
        );
        yield return new(
            $"{subject}.item-completed",
            kind,
            $"An item of a {subject}'s checklist is done.",
            new ItemCompleted(item, Day, "")
        );
        yield return new(
            $"{subject}.phase-overdue",
            kind,
            $"A {subject} has been in a phase for longer than its time box.",
            new PhaseOverdue(Phase.Launch, Day)
        );
    }
}
