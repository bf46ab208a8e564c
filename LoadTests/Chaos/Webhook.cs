namespace EcosystemSilo.LoadTests.Chaos;

/// <summary>
/// One webhook: what is sent, and the one effect that it must have.
/// </summary>
/// <param name="Grain">The grain it is about, as the journal writes it.</param>
/// <param name="Event">The event that it must cause there, once.</param>
/// <param name="Item">The checklist item it completes, if it does.</param>
internal sealed record Webhook(string Id, string Body, string Grain, string Event, string? Item = null);

/// <summary>
/// The webhooks about one partner: its registration, and what may be sent in any order once that is taken.
/// </summary>
internal sealed record Family(Webhook Registration, IReadOnlyList<Webhook> Rest)
{
    /// <summary>Deals share so many customers, so that several register the same account.</summary>
    private const int Customers = 40;

    private static readonly string[] Items = ["welcome-package", "kickoff-meeting", "master-agreement"];

    public IEnumerable<Webhook> All => Rest.Prepend(Registration);

    public static IReadOnlyList<Family> Many(int webhooks, string prefix)
    {
        var size = Items.Length + 2;
        return [.. Enumerable.Range(0, webhooks / size).Select(number => Of($"{prefix}-{number}", number % Customers))];
    }

    /// <summary>Registrations of partners and nothing else.</summary>
    public static IReadOnlyList<Family> Partners(int count, string prefix) =>
        [.. Enumerable.Range(0, count).Select(number => new Family(Register($"{prefix}-{number}"), []))];

    private static Webhook Register(string name) =>
        new(
            $"msg_{name}_registered",
            Body(
                "partner.registered",
                $$"""{"partner":"{{name}}","name":"Clinic {{name}}","category":"medical-device"}"""
            ),
            $"acme/partner/{name}",
            "partner.registered"
        );

    private static Family Of(string name, int customer)
    {
        var partner = $"acme/partner/{name}";
        return new Family(
            Register(name),
            [
                .. Items.Select(item => new Webhook(
                    $"msg_{name}_{item}",
                    Body("partner.checklist.completed", $$"""{"partner":"{{name}}","item":"{{item}}"}"""),
                    partner,
                    "lifecycle.item-completed",
                    item
                )),
                new Webhook(
                    $"msg_{name}_deal",
                    Body(
                        "deal.registered",
                        $$"""
                        {"deal":"deal-{{name}}","partner":"{{name}}","product":"enterprise",
                        "customer":{"name":"Hospital {{customer}}","domain":"hospital-{{customer}}.example"},
                        "amount":{"minor":12500000,"currency":"USD"} }
                        """
                    ),
                    $"acme/deal/deal-{name}",
                    "deal.registered"
                ),
            ]
        );
    }

    private static string Body(string type, string data) =>
        $$"""{"type":"{{type}}","timestamp":"2026-11-21T12:00:00Z","data":{{data}}}""";
}
