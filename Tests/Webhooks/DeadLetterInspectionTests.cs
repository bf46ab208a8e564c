using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.ApiKeys;
using EcosystemSilo.Journal;
using EcosystemSilo.Senders.Intake;
using EcosystemSilo.Senders.Json;
using EcosystemSilo.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Webhooks;

/// <summary>What a sender said of people is seen by whoever may, in the inspector and nowhere else.</summary>
public sealed class DeadLetterInspectionTests(RunningGateway gateway) : IClassFixture<RunningGateway>
{
    private const string Body = """
        {"type":"contact.created","timestamp":"2026-11-21T12:00:00Z","data":{"stage":"lead","lastname":"Lovelace-Quill"}}
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Role.EcosystemAdmin, false)]
    [InlineData(Role.Integration, false)]
    [InlineData(Role.Viewer, true)]
    public async Task WordsAboutPeople_AreMaskedByRole(Role role, bool isMasked)
    {
        var letter = await Keep($"msg-{role}");
        using var client = gateway.Client(await Key(role));

        var shown = await client.GetStringAsync($"/api/acme/dead-letters/{letter}", Cancellation);

        var read = JsonElement.Parse(shown);
        read.GetProperty("isMasked").GetBoolean().ShouldBe(isMasked);
        read.GetProperty("body").GetString().ShouldNotBeNull().Contains("Lovelace-Quill").ShouldBe(!isMasked);
        read.GetProperty("body").GetString()!.ShouldContain("\"lead\"");
        var headers = read.GetProperty("headers");
        headers.GetProperty("webhook-id").GetString().ShouldBe($"msg-{role}");
        headers.TryGetProperty("webhook-signature", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task TheJournal_HasNoWordOfIt()
    {
        await Keep("msg-journal");
        var journal = gateway.Services.GetRequiredService<IJournal>();
        var all = new StringBuilder();
        foreach (var recorded in await journal.ReadAll(0, 10_000, Cancellation))
        {
            all.Append(Encoding.UTF8.GetString(recorded.Payload.Span));
        }

        all.ToString().ShouldContain("msg-journal");
        all.ToString().ShouldNotContain("Lovelace");
    }

    private async Task<string> Key(Role role)
    {
        using var client = gateway.Client();
        using var issued = await client.PostAsJsonAsync(
            "/api/acme/keys",
            new { name = $"{role}", role = Words<Role>.Of(role) },
            Cancellation
        );
        var key = await issued.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        return key.GetProperty("key").GetString()!;
    }

    private async Task<string> Keep(string id)
    {
        using var client = gateway.Client();
        var sender = await gateway.CreateSource("standard-webhooks");
        using var answer = await sender.Send(client, Body, id);
        (await answer.Content.ReadAsStringAsync(Cancellation)).ShouldContain("ignored");
        return DeliveryIds.Of(new SourceId(sender.Source), id).Value;
    }
}
