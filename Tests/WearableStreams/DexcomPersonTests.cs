using System.Net.Http.Json;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.WearableStreams;
using EcosystemSilo.Journal;
using EcosystemSilo.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.WearableStreams;

/// <summary>Dexcom's v3 answers carry a user's id that nobody may have connected anybody under.</summary>
public sealed class DexcomPersonTests(RunningGateway gateway) : IClassFixture<RunningGateway>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <param name="connected">The user that the person is connected under.</param>
    [Theory]
    [InlineData("whole-source", null, "", 1)]
    [InlineData("addressed", "p-1", "?user=p-1", 1)]
    [InlineData("own-id", "dexcom-user", "", 1)]
    [InlineData("another", "dexcom-user", "?user=p-2", 0)]
    public async Task AnAnswer_IsOfThePersonWhomTheAddressNames_OrWhoseSourceItIs(
        string person,
        string? connected,
        string query,
        int stored
    )
    {
        using var client = gateway.Client();
        var sender = await gateway.CreateSource("dexcom");
        await Connect(client, sender, person, connected);
        var time = TimeProvider.System.GetUtcNow().AddMinutes(-5);
        var body = $$"""
            {"recordType":"egv","recordVersion":"3.0","userId":"dexcom-user","records":[{"recordId":"r1",
             "systemTime":"{{time:yyyy-MM-ddTHH:mm:ssZ}}","value":120,"unit":"mg/dL"}]}
            """;

        var answer = await (sender with { Url = sender.Url + query }).Send(client, body, "d-1");

        ((int)answer.StatusCode).ShouldBe(202);
        var events = await gateway
            .Services.GetRequiredService<IJournal>()
            .ReadGrain(
                WearableStreamKey
                    .Of(new EcosystemId("acme"), new PersonId(person), new SourceId(sender.Source))
                    .ToString(),
                afterVersion: 0,
                max: 100,
                Cancellation
            );
        events.Count(happened => happened.Name == "stream.samples-stored").ShouldBe(stored);
    }

    private static async Task Connect(HttpClient client, WebhookSender sender, string person, string? user)
    {
        await Post(client, "/api/acme/people", new { id = person });
        var consent = new
        {
            purpose = "coaching",
            textVersion = "2026-03",
            channel = "app",
        };
        await Post(client, $"/api/acme/people/{person}/consents", consent);
        await Post(client, $"/api/acme/people/{person}/streams", new { source = sender.Source, user });
    }

    private static async Task Post(HttpClient client, string path, object body)
    {
        using var answer = await client.PostAsJsonAsync(path, body, Cancellation);
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync(Cancellation));
    }
}
