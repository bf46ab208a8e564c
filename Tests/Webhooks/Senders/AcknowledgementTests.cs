using System.Diagnostics;
using System.Text;
using EcosystemSilo.Senders.Schemes;
using EcosystemSilo.Tests.Support;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Webhooks.Senders;

/// <summary>
/// Prints, for every scheme, how its handshake, deliveries and mishaps end, and how soon a delivery is acknowledged
/// beside what the sender allows. What is asserted are the endings and what was kept; the times depend on the machine.
/// </summary>
public sealed class AcknowledgementTests(ITestOutputHelper output)
{
    private const int Deliveries = 50;
    private const int Repetitions = 2;

    /// <summary>Where a number after it makes the sample another delivery.</summary>
    private static readonly Dictionary<string, string> Varying = new(StringComparer.Ordinal)
    {
        ["cloudevents"] = "e-1",
        ["dexcom"] = "\"recordId\":\"r",
        ["fhir"] = "\"valueString\":\"7",
        ["fitbit"] = "9ZZ8YY",
        ["garmin"] = "x1-d",
        ["google-health"] = "\"healthUserId\":\"u1",
        ["health-auto-export"] = "\"qty\":12",
        ["health-connect"] = "\"count\":1",
        ["healthkit"] = "\"uuid\":\"u-1",
        ["hubspot-v1"] = "\"eventId\":1",
        ["hubspot-v2"] = "\"eventId\":1",
        ["hubspot-v3"] = "\"eventId\":1",
        ["oura"] = "\"object_id\":\"a1",
        ["polar"] = "\"user_id\":5",
        ["salesforce"] = "04l000000000001",
        ["standard-webhooks"] = "i-1",
        ["strava"] = "\"object_id\":9",
        ["stripe"] = "evt_1",
        ["suunto"] = "\"username\":\"u",
        ["terra"] = "\"user_id\":\"u",
        ["whoop"] = "t-1",
        ["whoop-partner"] = "r-1",
        ["withings"] = "userid=42",
    };

    [Fact]
    public async Task EveryScheme_AcknowledgesEveryDelivery_AndTheTableSaysHowSoon()
    {
        await using var gateway = new RunningGateway();
        using var http = gateway.Client();
        var table = new StringBuilder();
        table.AppendLine(
            "| scheme | handshake | valid | refused | repeated | p50 ms | longest ms | sender allows ms |"
        );
        table.AppendLine("| --- | --- | --- | --- | --- | --- | --- | --- |");
        foreach (var scheme in WebhookSchemes.Names.Order(StringComparer.Ordinal))
        {
            table.AppendLine(await Row(await SenderClient.Start(gateway, http, SenderSample.Of(scheme))));
        }

        output.WriteLine(table.ToString());
    }

    private static async Task<string> Row(SenderClient sender)
    {
        var sample = sender.Sample;
        var greeted = 0;
        foreach (var greeting in sample.Greetings)
        {
            var isAsSaid = (await sender.Greet(greeting))[..3] == greeting.Answer[..3];
            greeted += isAsSaid ? 1 : 0;
        }

        greeted.ShouldBe(sample.Greetings.Count);
        var times = new List<double>(Deliveries);
        for (var number = 0; number < Deliveries; number++)
        {
            var since = Stopwatch.GetTimestamp();
            (await sender.Deliver(Numbered(sample, number), id: $"msg_{number}"))[..3].ShouldBe(sample.Valid[..3]);
            times.Add(Stopwatch.GetElapsedTime(since).TotalMilliseconds);
        }

        var repeats = await Repeats(sender);
        var refused = await sender.Deliver(secret: sample.Kind.NewSecret());
        refused.ShouldBe(sample.WrongSecret, sample.Scheme);
        (await sender.Counted()).ShouldBe(
            Deliveries + Repetitions - repeats,
            $"{sample.Scheme}: what was repeated or refused left nothing"
        );

        times.Sort();
        var limit = sample.Kind.Facts.AnswerWithin is { } within ? $"{within.TotalMilliseconds}" : "-";
        var handshake = sample.Greetings.Count == 0 ? "-" : $"{greeted} of {sample.Greetings.Count}";
        return $"| {sample.Scheme} | {handshake} | {Deliveries} x {sample.Valid[..3]} | {refused[..3]} | {repeats} of {Repetitions} "
            + $"| {times[Deliveries / 2]:0.0} | {times[^1]:0.0} | {limit} |";
    }

    /// <summary>
    /// Delivers the last one again, and returns how often that was recognised: always, unless the sender gives neither
    /// id nor time. Of three such deliveries at least two fall into the window in which they are taken for one.
    /// </summary>
    private static async Task<long> Repeats(SenderClient sender)
    {
        var scheme = sender.Sample.Scheme;
        (await sender.Repeats()).ShouldBe(0, $"{scheme}: each was another delivery");
        (await sender.Counted()).ShouldBe(Deliveries, $"{scheme}: each was kept");
        for (var time = 0; time < Repetitions; time++)
        {
            (await sender.Deliver(Numbered(sender.Sample, Deliveries - 1), id: $"msg_{Deliveries - 1}"))[..3]
                .ShouldBe(sender.Sample.Valid[..3]);
        }

        var isTimeless = sender.Sample.Kind.Facts.Identity.StartsWith("none", StringComparison.Ordinal);
        var repeats = await sender.Repeats();
        repeats.ShouldBeInRange(isTimeless ? Repetitions - 1 : Repetitions, Repetitions, scheme);
        return repeats;
    }

    /// <summary>The sample as another delivery of the same kind.</summary>
    private static byte[] Numbered(SenderSample sample, int number) =>
        Encoding.UTF8.GetBytes(
            sample.Body.Replace(
                Varying[sample.Scheme],
                $"{Varying[sample.Scheme]}{number:000}",
                StringComparison.Ordinal
            )
        );
}
