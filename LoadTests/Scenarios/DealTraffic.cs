using System.Globalization;

namespace EcosystemSilo.LoadTests.Scenarios;

/// <summary>
/// The traffic that everything is measured with: 2,000 partners with a deal each, whose amounts a CRM keeps changing.
/// A delivery has some 300 bytes and changes one grain, as often as one likes.
/// </summary>
internal static class DealTraffic
{
    public const int Partners = 2_000;

    /// <summary>
    /// Delivery number n of run r sets an amount of n more than r times this: whoever sees an amount knows the
    /// delivery, and none sets what is set already, which would change nothing.
    /// </summary>
    public const int AmountsOfARun = 1_000_000;

    public static string Partner(int number) => string.Create(CultureInfo.InvariantCulture, $"load-p-{number:0000}");

    public static string Deal(int number) => string.Create(CultureInfo.InvariantCulture, $"load-d-{number:0000}");

    public static (string Id, string Body) RegisterPartner(int number) =>
        (
            $"load_partner_{number}",
            Event(
                "partner.registered",
                $$"""{"partner":"{{Partner(number)}}","name":"Clinic {{number}}","category":"medical-device"}"""
            )
        );

    /// <param name="run">From 1 on: tells the partners of one run from those of another.</param>
    public static (string Id, string Body) RegisterNew(int run, int number) =>
        (
            $"load_new_{run}_{number}",
            Event(
                "partner.registered",
                $$"""{"partner":"load-n-{{run}}-{{number}}","name":"Clinic {{number}}","category":"medical-device"}"""
            )
        );

    public static (string Id, string Body) RegisterDeal(int number) =>
        (
            $"load_deal_{number}",
            Event(
                "deal.registered",
                $$"""
                {"deal":"{{Deal(number)}}","partner":"{{Partner(number)}}","product":"enterprise",
                "customer":{"name":"Hospital {{number}}","domain":"hospital-{{number}}.example"},
                "amount":{"minor":12500000,"currency":"USD"} }
                """
            )
        );

    /// <param name="run">From 1 on: tells the deliveries of one run from those of another.</param>
    public static (string Id, string Body) ChangeAmount(int run, int number, int deal) =>
        (
            $"load_{run}_{number}",
            Event(
                "deal.amount.changed",
                $$"""{"deal":"{{Deal(deal)}}","partner":"{{Partner(deal)}}","amount":{"minor":{{(run * AmountsOfARun) + number}},"currency":"USD"},"changedBy":"owner-{{deal % 17}}@crm.example","reason":"The customer asked for more seats and a longer term.","pipeline":"enterprise-renewals"}"""
            )
        );

    private static string Event(string type, string data) =>
        $$"""{"type":"{{type}}","timestamp":"2026-11-21T12:00:00Z","data":{{data}}}""";
}
