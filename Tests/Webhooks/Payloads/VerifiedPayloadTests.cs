using EcosystemSilo.Senders.Payloads;
using EcosystemSilo.Senders.Schemes;
using EcosystemSilo.Tests.Webhooks.Senders;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Webhooks.Payloads;

/// <summary>Schemes and readers agree on types and on what of a body an event holds.</summary>
public sealed class VerifiedPayloadTests
{
    [Theory]
    [InlineData("dexcom", "p: aside glucose not-a-number $.records[0].value")]
    [InlineData("fitbit", "9ZZ8YY: fetch sleep 2026-03-02T00:00:00+00:00..2026-03-03T00:00:00+00:00")]
    [InlineData(
        "garmin",
        "g1: steps 2026-02-01T00:00:00+00:00..2026-02-02T00:00:00+00:00 4200 {steps} total #x1-d\n"
            + "g1: aside heart-rate time-missing $.dailies[0].timeOffsetHeartRateSamples.0"
    )]
    [InlineData("google-health", "u1: fetch sleep")]
    [InlineData("health-auto-export", "p: steps 2026-01-02T03:04:00+01:00 12 count")]
    [InlineData("health-connect", "p: steps 2026-01-02T03:00:00+00:00 1 {steps}")]
    [InlineData("healthkit", "p: aside heart-rate time-missing $.samples[0].value")]
    [InlineData("oura", "")]
    [InlineData("polar", "5: fetch SLEEP v1767333600000 2026-01-02T00:00:00+00:00..2026-01-03T00:00:00+00:00")]
    [InlineData("strava", "3: fetch activity #9 v1770000000000")]
    [InlineData("suunto", "u: aside sleep not-a-number $.samples[0].entryData.Duration")]
    [InlineData("terra", "u: aside steps time-missing $.data[0].distance_data.steps")]
    [InlineData("whoop", "77: fetch recovery #0b6f7a52-1111-4222-8333-444455556666")]
    [InlineData("withings", "42: fetch getmeas 2026-02-02T02:40:00+00:00..2026-02-02T03:40:00+00:00")]
    public async Task WhatASchemeVerifies_ItsReaderReads(string name, string expected)
    {
        var scheme = WebhookSchemes.Find(name)!;
        var token = scheme.NewSecret();
        var secret = scheme.ReadSecret(token).ShouldNotBeNull();
        var request = Deliveries.Signed(scheme, secret, SenderSample.Of(name).Body, url: $"{Deliveries.Url}?user=p");

        var verdict = scheme.Verify(request with { AddressToken = token }, [secret], Deliveries.Now);

        var news = new List<News>();
        foreach (var inbound in await Events(verdict, request))
        {
            news.AddRange(scheme.Payload.ShouldNotBeNull().Read(inbound) ?? []);
        }

        NewsText.Of(news).ShouldBe(expected);
    }

    private static async Task<IReadOnlyList<InboundEvent>> Events(Verdict verdict, InboundRequest request)
    {
        if (verdict is not Parted parted)
        {
            return verdict.ShouldBeOfType<Verified>().Events;
        }

        var body = new MemoryStream(request.Body.ToArray());
        var events = new List<InboundEvent>();
        await foreach (var part in new PartReader(body, parted.Shape, int.MaxValue).Read(default))
        {
            events.Add(part.Event.ShouldNotBeNull());
        }

        return events;
    }
}
