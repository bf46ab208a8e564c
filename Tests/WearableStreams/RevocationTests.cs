using System.Net.Http.Json;
using System.Text.Json;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.WearableStreams;
using EcosystemSilo.Journal;
using EcosystemSilo.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.WearableStreams;

/// <summary>
/// From a webhook to a chart, by consent alone: without it only a count is kept, and once it is taken back nothing is
/// stored any more, however much is on its way.
/// </summary>
public sealed class RevocationTests(RunningGateway gateway) : IClassFixture<RunningGateway>
{
    private const int Senders = 4;

    /// <summary>Deliveries before and after the withdrawal; enough to have some under way at its moment.</summary>
    private const int DeliveriesEach = 60;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AConsentTakenBackInTheMiddleOfALoad_LetsNothingThroughAfterItsAnswer()
    {
        using var client = gateway.Client();
        var sender = await gateway.CreateSource("health-connect");
        await Connect(client, sender, "in-flow", consents: true);
        var underWay = new SemaphoreSlim(0);

        var sending = Enumerable.Range(0, Senders).Select(part => SendAll(client, sender, part, underWay)).ToList();
        for (var sent = 0; sent < Senders * DeliveriesEach / 3; sent++)
        {
            await underWay.WaitAsync(Cancellation);
        }

        var withdrawn = await Post(
            client,
            "/api/acme/people/in-flow/consents/withdraw",
            new { purpose = "coaching", channel = "app" }
        );
        var answeredAt = TimeProvider.System.GetUtcNow();
        await Task.WhenAll(sending);

        withdrawn.GetProperty("consents").GetArrayLength().ShouldBe(0);
        var events = await Events("in-flow", sender.Source);
        var stored = events.Where(e => e.Name == "stream.samples-stored").ToList();
        var refused = events.Where(e => e.Name == "stream.samples-refused").ToList();
        stored.Count.ShouldBeGreaterThan(0);
        refused.Count.ShouldBeGreaterThan(0);
        (stored.Count + refused.Count).ShouldBe(Senders * DeliveriesEach);
        stored.Count(e => e.At > answeredAt).ShouldBe(0, "samples stored after the acknowledged revocation");
        var stop = events.Single(e => e.Name == "stream.flow-stopped");
        stored.ShouldAllBe(e => e.Version < stop.Version);
        (await Series(client, "in-flow")).GetProperty("points").GetArrayLength().ShouldBe(0, "no longer served");
    }

    [Fact]
    public async Task WhatAPersonAgreedTo_IsStored_AndShownAsASeriesDaysAndFhir()
    {
        using var client = gateway.Client();
        var sender = await gateway.CreateSource("health-connect");
        await Connect(client, sender, "agreed", consents: true);

        (await Deliver(client, sender, "agreed", minute: 0)).ShouldBe("received");

        var series = await Awaited(async () =>
            await Series(client, "agreed") is var shown && shown.GetProperty("points").GetArrayLength() == 1
                ? shown
                : null
        );
        var point = series.GetProperty("points")[0];
        (point.GetProperty("value").GetDouble(), series.GetProperty("unit").GetString()).ShouldBe((60, "/min"));
        var days = await client.GetFromJsonAsync<JsonElement>(
            $"/api/acme/people/agreed/days?measure=heart-rate&from={Today:yyyy-MM-dd}&to={Today:yyyy-MM-dd}",
            Cancellation
        );
        days.GetProperty("days")[0].GetProperty("value").GetDouble().ShouldBe(60);
        var bundle = await client.GetFromJsonAsync<JsonElement>(
            $"/api/acme/people/agreed/observations?{Query("heart-rate")}",
            Cancellation
        );
        var observation = bundle.GetProperty("entry")[0].GetProperty("resource");
        observation.GetProperty("code").GetProperty("coding")[0].GetProperty("code").GetString().ShouldBe("8867-4");
        observation.GetProperty("valueQuantity").GetProperty("code").GetString().ShouldBe("/min");
        var stream = await client.GetFromJsonAsync<JsonElement>(
            $"/api/acme/streams/agreed~{sender.Source}",
            Cancellation
        );
        stream.GetProperty("status").GetString().ShouldBe("live");
        var viewer = await Post(client, "/api/acme/keys", new { name = "V", role = "viewer" });
        using var views = gateway.Client(viewer.GetProperty("key").GetString()!);
        foreach (var reader in new[] { client, views })
        {
            foreach (var path in new[] { "streams/", "operations/grains/stream/" }.Take(reader == client ? 2 : 1))
            {
                var timeline = await reader.GetStringAsync(
                    $"/api/acme/{path}agreed~{sender.Source}/timeline",
                    Cancellation
                );
                timeline.ShouldContain("stream.samples-stored");
                timeline.ShouldNotContain("blocks", Case.Sensitive, "samples are read by way of the consent");
                timeline.ShouldNotContain("\"user\"");
            }
        }
    }

    [Fact]
    public async Task OfSomebodyWhoIsUnknown_OnlyACountIsKept()
    {
        using var client = gateway.Client();
        var sender = await gateway.CreateSource("health-connect");

        (await Deliver(client, sender, "nobody", minute: 0)).ShouldBe("received");
        (await Deliver(client, sender, "nobody", minute: 0)).ShouldBe("repeated");

        var source = await Awaited(async () =>
        {
            var shown = await client.GetFromJsonAsync<JsonElement>($"/api/acme/sources/{sender.Source}", Cancellation);
            return shown.GetProperty("counts").GetProperty("refused").GetInt64() == 1 ? shown : null;
        });
        source.GetProperty("counts").GetProperty("repeated").GetInt64().ShouldBe(1);
    }

    [Fact]
    public async Task AUserOfASource_IsOnePerson_UntilTheyAreErased()
    {
        using var client = gateway.Client();
        var sender = await gateway.CreateSource("health-connect");
        await Connect(client, sender, "first", consents: true, user: "shared");
        await Post(client, "/api/acme/people", new { id = "second" });
        var body = new { source = sender.Source, user = "shared" };

        (await client.PostAsJsonAsync("/api/acme/people/second/streams", body, Cancellation)).StatusCode.ShouldBe(
            System.Net.HttpStatusCode.Conflict
        );
        await Post(client, "/api/acme/people/first/erase", new { });
        await Post(client, "/api/acme/people/second/streams", body);
        (await Deliver(client, sender, "shared", minute: 0)).ShouldBe("received", "counted, as it is not agreed to");
        (await Events("second", sender.Source))[^1].Name.ShouldBe("stream.samples-refused");
    }

    [Fact]
    public async Task WhatComesForAPausedStream_IsKeptSealed_AndStoredWhenItIsResumed_ButNotOfWhoWasErased()
    {
        using var client = gateway.Client();
        var sender = await gateway.CreateSource("health-connect");
        foreach (var person in new[] { "stays", "goes" })
        {
            await Connect(client, sender, person, consents: true);
            await Post(client, $"{Grain(person, sender)}/pause", new { reason = "a wrong device" });
        }

        (await Deliver(client, sender, "stays", minute: 0)).ShouldBe("received");
        (await Deliver(client, sender, "stays", minute: 0)).ShouldBe("repeated");
        (await Deliver(client, sender, "stays", minute: 1)).ShouldBe("received");
        (await Deliver(client, sender, "goes", minute: 2)).ShouldBe("received");
        await Post(client, "/api/acme/people/goes/erase", new { });
        (await Events("goes", sender.Source)).ShouldContain(e => e.Name == "stream.flow-stopped", "despite the pause");
        await Post(client, $"{Grain("goes", sender)}/resume", new { });
        await Post(client, $"{Grain("stays", sender)}/resume", new { });

        var series = await Awaited(async () =>
            await Series(client, "stays") is var shown && shown.GetProperty("points").GetArrayLength() == 2
                ? shown
                : null
        );
        series.GetProperty("points")[0].GetProperty("value").GetDouble().ShouldBe(60);
        (await Events("stays", sender.Source)).Count(e => e.Name == "stream.samples-stored").ShouldBe(2);
        (await Events("goes", sender.Source)).ShouldNotContain(e => e.Name.StartsWith("stream.samples"));
        (await Deliver(client, sender, "stays", minute: 1)).ShouldBe("repeated");
    }

    private static string Grain(string person, WebhookSender sender) =>
        $"/api/acme/operations/grains/stream/{person}~{sender.Source}";

    private static async Task SendAll(HttpClient client, WebhookSender sender, int part, SemaphoreSlim underWay)
    {
        for (var number = 0; number < DeliveriesEach; number++)
        {
            underWay.Release();
            (await Deliver(client, sender, "in-flow", (part * DeliveriesEach) + number)).ShouldBe("received");
        }
    }

    private static async Task<string> Deliver(HttpClient client, WebhookSender sender, string user, int minute)
    {
        var time = Today.AddMinutes(minute);
        var body = $$"""{"heart_rate":[{"bpm":{{60 + (minute % 60)}},"time":"{{time:yyyy-MM-ddTHH:mm:ssZ}}"}]}""";
        var to = sender with { Url = $"{sender.Url}?user={user}" };
        using var answer = await to.Send(client, body, $"d-{minute}");
        var text = await answer.Content.ReadAsStringAsync(Cancellation);
        ((int)answer.StatusCode).ShouldBe(202, text);
        return JsonElement.Parse(text).GetProperty("outcome").GetString()!;
    }

    private static async Task Connect(
        HttpClient client,
        WebhookSender sender,
        string person,
        bool consents,
        string? user = null
    )
    {
        await Post(client, "/api/acme/people", new { id = person });
        if (consents)
        {
            var consent = new
            {
                purpose = "coaching",
                textVersion = "2026-03",
                channel = "app",
            };
            await Post(client, $"/api/acme/people/{person}/consents", consent);
        }

        var body = new { source = sender.Source, user = user ?? person };
        var stream = await Post(client, $"/api/acme/people/{person}/streams", body);
        stream.GetProperty("allowed").GetBoolean().ShouldBe(consents);
    }

    private static async Task<JsonElement> Post(HttpClient client, string path, object body)
    {
        using var answer = await client.PostAsJsonAsync(path, body, Cancellation);
        var text = await answer.Content.ReadAsStringAsync(Cancellation);
        answer.IsSuccessStatusCode.ShouldBeTrue($"{path}: {(int)answer.StatusCode} {text}");
        return JsonElement.Parse(text);
    }

    private static Task<JsonElement> Series(HttpClient client, string person) =>
        client.GetFromJsonAsync<JsonElement>($"/api/acme/people/{person}/series?{Query("heart-rate")}", Cancellation);

    private Task<IReadOnlyList<RecordedEvent>> Events(string person, string source) =>
        gateway
            .Services.GetRequiredService<IJournal>()
            .ReadGrain(
                WearableStreamKey.Of(new EcosystemId("acme"), new PersonId(person), new SourceId(source)).ToString(),
                afterVersion: 0,
                max: 10_000,
                Cancellation
            );

    private static async Task<JsonElement> Awaited(Func<Task<JsonElement?>> ask)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30), TimeProvider.System);
        while (true)
        {
            if (await ask() is { } answer)
            {
                return answer;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, patience.Token);
        }
    }

    /// <summary>A day that is not over, so that what is told of it is new.</summary>
    private static readonly DateTimeOffset Today = new(TimeProvider.System.GetUtcNow().Date, TimeSpan.Zero);

    private static string Query(string measure) =>
        $"measure={measure}&from={Today:yyyy-MM-ddTHH:mm:ssZ}&to={Today.AddDays(1):yyyy-MM-ddTHH:mm:ssZ}";
}
