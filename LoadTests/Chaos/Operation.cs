namespace EcosystemSilo.LoadTests.Chaos;

/// <summary>
/// One thing that is asked of the gateway under an id of its own, and the one effect that it must have.
/// </summary>
/// <param name="Path">Where it is posted to; null for a webhook, which goes to the source.</param>
/// <param name="Grain">The grain it is about, as the journal writes it.</param>
/// <param name="Event">The event that it must cause, once.</param>
/// <param name="Item">The checklist item it completes or the phase it enters, if it does.</param>
internal sealed record Operation(string Id, string? Path, string Body, string Grain, string Event, string? Item = null)
{
    public bool IsWebhook => Path is null;

    /// <summary>Kept whole as a delivery, because nothing is mapped to it or the grain refuses it.</summary>
    public bool IsKeptAside => Event is "delivery.ignored" or "delivery.buried";
}

/// <summary>An operation, and those that may be sent in any order once it is acknowledged.</summary>
internal sealed record Family(Operation First, IReadOnlyList<Family> Then)
{
    /// <summary>This many deals register the same account.</summary>
    private const int DealsPerCustomer = 5;

    /// <summary>One partner in so many has an event of unknown type, a bad one, and a deal that is given up.</summary>
    private const int OddOneIn = 5;

    public IEnumerable<Operation> All => Then.SelectMany(family => family.All).Prepend(First);

    /// <summary>Partners, each with what happens to it: three items, a deal and its phases.</summary>
    public static IReadOnlyList<Family> Many(int partners, string prefix) =>
        [.. Enumerable.Range(0, partners).Select(number => Of($"{prefix}-{number}", number, prefix))];

    /// <summary>Registrations of partners and nothing else.</summary>
    public static IReadOnlyList<Family> Partners(int count, string prefix) =>
        [.. Enumerable.Range(0, count).Select(number => Alone(Register($"{prefix}-{number}")))];

    private static Family Of(string name, int number, string prefix) =>
        new(
            Register(name),
            [
                Alone(Complete(name, "welcome-package")),
                Alone(Complete(name, "kickoff-meeting")),
                // Asked for twice, under two ids and by two ways: whichever comes second changes nothing.
                Alone(Complete(name, "master-agreement")),
                Alone(CompleteByCommand(name, "master-agreement")),
                Deal(name, number, $"{prefix}-{number / DealsPerCustomer}"),
                .. number % OddOneIn == 0 ? [Alone(Strange(name)), Alone(Bad(name))] : Array.Empty<Family>(),
            ]
        );

    private static Family Deal(string name, int number, string customer) =>
        new(
            RegisterDeal(name, customer),
            [
                new Family(
                    DealCommand(name, "advance", "lifecycle.phase-entered", "integration"),
                    [
                        new Family(
                            DealCommand(name, "advance", "lifecycle.phase-entered", "launch"),
                            number % OddOneIn == 0 ? [Alone(DealCommand(name, "withdraw", "deal.withdrawn"))] : []
                        ),
                    ]
                ),
            ]
        );

    private static Family Alone(Operation operation) => new(operation, []);

    private static Operation Register(string name) =>
        new(
            $"msg_{name}_registered",
            Path: null,
            Sent(
                "partner.registered",
                $$"""{"partner":"{{name}}","name":"Clinic {{name}}","category":"medical-device"}"""
            ),
            $"acme/partner/{name}",
            "partner.registered"
        );

    private static Operation Complete(string name, string item) =>
        new(
            $"msg_{name}_{item}",
            Path: null,
            Sent("partner.checklist.completed", $$"""{"partner":"{{name}}","item":"{{item}}"}"""),
            $"acme/partner/{name}",
            "lifecycle.item-completed",
            item
        );

    private static Operation CompleteByCommand(string name, string item) =>
        new(
            $"cmd_{name}_{item}",
            $"/api/acme/partners/{name}/checklist/{item}/complete",
            Body: "",
            $"acme/partner/{name}",
            "lifecycle.item-completed",
            item
        );

    private static Operation RegisterDeal(string name, string customer) =>
        new(
            $"msg_{name}_deal",
            Path: null,
            Sent(
                "deal.registered",
                $$"""
                {"deal":"deal-{{name}}","partner":"{{name}}","product":"enterprise",
                "customer":{"name":"Hospital {{customer}}","domain":"hospital-{{customer}}.example"},
                "amount":{"minor":12500000,"currency":"USD"} }
                """
            ),
            $"acme/deal/deal-{name}",
            "deal.registered"
        );

    private static Operation DealCommand(string name, string verb, string happened, string? phase = null) =>
        new(
            $"cmd_{name}_{verb}-{phase}",
            $"/api/acme/deals/deal-{name}/{verb}",
            "{}",
            $"acme/deal/deal-{name}",
            happened,
            phase
        );

    private static Operation Strange(string name) =>
        new(
            $"msg_{name}_strange",
            Path: null,
            Sent("partner.danced", $$"""{"partner":"{{name}}"}"""),
            "acme/delivery/",
            "delivery.ignored"
        );

    private static Operation Bad(string name) =>
        new(
            $"msg_{name}_bad",
            Path: null,
            Sent("partner.checklist.completed", $$"""{"partner":"{{name}}","item":"no-such-item"}"""),
            "acme/delivery/",
            "delivery.buried"
        );

    private static string Sent(string type, string data) =>
        $$"""{"type":"{{type}}","timestamp":"2026-11-21T12:00:00Z","data":{{data}}}""";
}
