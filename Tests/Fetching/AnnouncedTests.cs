using System.Net.Http.Json;
using System.Text.Json;
using EcosystemSilo.Senders.Schemes;
using EcosystemSilo.Tests.Support;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Fetching;

/// <summary>The whole way over REST and webhooks: from a thin notification to a person's data.</summary>
public sealed class AnnouncedTests
{
    private const string Secret = "an-oura-client-secret-0123456789";
    private const string Token = "token-of-mia-that-nobody-sees";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WhatOuraAnnounces_IsAskedFor_AndShown_AndTheTokenNever()
    {
        const string Sleep = """
            {"id":"a1","type":"long_sleep","bedtime_start":"2026-04-04T23:00:00+02:00",
             "bedtime_end":"2026-04-05T06:00:00+02:00","total_sleep_duration":24000}
            """;
        await using var server = await VendorServer.Start(_ => new Answer(200, Sleep));
        await using var gateway = new RunningGateway()
            .With("Fetching:AllowOtherAddresses", "true")
            .With("Outbound:AllowedNetworks", VendorServer.Network);
        using var client = gateway.Client();
        var source = JsonElement.Parse(await Connect(client, server));

        var authorised = await Post(
            client,
            "/api/acme/streams/mia~oura/authorise",
            new { accessToken = Token, expiresInSeconds = 86_400 }
        );
        authorised.ShouldContain("\"authorised\":true");
        authorised.ShouldNotContain(Token);
        var announced = """
            {"event_type":"create","data_type":"sleep","object_id":"a1","event_time":"2026-04-05T06:07:08+02:00","user_id":"o1"}
            """;
        await Deliver(client, source.GetProperty("url").GetString()!, announced);

        var shown = "";
        await Awaited.Until(
            async () =>
            {
                shown = await client.GetStringAsync("/api/acme/streams/mia~oura", Cancellation);
                return shown.Contains("\"measure\":\"sleep\"", StringComparison.Ordinal);
            },
            "the sleep"
        );
        shown.ShouldNotContain(Token);
        server.Log.Select(asked => $"{asked}").ShouldBe([$"GET /v2/usercollection/sleep/a1 by {Token}"]);
        var timeline = await client.GetStringAsync("/api/acme/streams/mia~oura/timeline", Cancellation);
        timeline.ShouldContain("Fetch 1 requested: sleep");
        timeline.ShouldNotContain(Token);
        timeline.ShouldNotContain("\"id\"", Case.Sensitive, "which record it is may be an address to fetch it from");
    }

    /// <returns>The source.</returns>
    private static async Task<string> Connect(HttpClient client, VendorServer server)
    {
        var source = await Post(
            client,
            "/api/acme/sources",
            new
            {
                id = "oura",
                name = "Oura",
                scheme = "oura",
                secret = Secret,
                settings = new { verificationToken = "a-token-of-ours-1", apiAddress = server.Address },
            }
        );
        await Post(client, "/api/acme/people", new { id = "mia" });
        var consent = new
        {
            purpose = "coaching",
            textVersion = "2026-03",
            channel = "app",
        };
        await Post(client, "/api/acme/people/mia/consents", consent);
        await Post(client, "/api/acme/people/mia/streams", new { source = "oura", user = "o1" });
        return source;
    }

    private static async Task Deliver(HttpClient client, string url, string body)
    {
        var sender = new WebhookSender(WebhookSchemes.Find("oura")!, "oura", url, Secret);
        using var response = await sender.Send(client, body, "m1");
        var text = await response.Content.ReadAsStringAsync(Cancellation);
        ((int)response.StatusCode).ShouldBe(202, text);
        text.ShouldContain("applied");
    }

    private static async Task<string> Post(HttpClient client, string path, object body)
    {
        using var response = await client.PostAsJsonAsync(path, body, Cancellation);
        var text = await response.Content.ReadAsStringAsync(Cancellation);
        response.IsSuccessStatusCode.ShouldBeTrue($"{path}: {text}");
        return text;
    }
}
