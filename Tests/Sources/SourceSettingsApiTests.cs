using System.Text.Json;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Senders.Json;
using EcosystemSilo.Tests.Http;
using EcosystemSilo.Tests.Support;
using EcosystemSilo.Tests.Webhooks.Senders;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Sources;

/// <summary>The settings of a source over REST: what is refused, what is shown, and what a delivery meets.</summary>
public sealed class SourceSettingsApiTests : IAsyncLifetime
{
    private const string ClientSecret = "strava-client-secret-0123456789";

    private readonly RunningGateway _gateway = new();
    private HttpClient _client = null!;
    private SenderClient _strava = null!;

    public async ValueTask InitializeAsync()
    {
        _client = _gateway.Client();
        _strava = await SenderClient.Start(_gateway, _client, SenderSample.Of("strava") with { Settings = [] });
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return _gateway.DisposeAsync();
    }

    [Theory]
    [InlineData("""{"settings":{"region":"eu"}}""", FieldCodes.FieldUnknown, "settings.region")]
    [InlineData("""{"settings":{"clientSecret":"short"}}""", FieldCodes.FieldInvalid, "settings.clientSecret")]
    [InlineData("""{"settings":{"clientSecret":7}}""", FieldCodes.FieldInvalid, "settings.clientSecret")]
    public async Task ASettingThatIsNone_IsRefusedWithItsName_AndChangesNothing(string body, string code, string field)
    {
        var answer = await Change(body);

        var problem = await answer.ShouldBeProblem(400, code);
        problem.GetRawText().ShouldContain($"\"{field}\"");
        (await Shown()).EnumerateObject().ShouldBeEmpty();
    }

    [Fact]
    public async Task SettingsOfAnUnknownSource_AreRefused()
    {
        var answer = await _client.Post("/api/acme/sources/nobody/settings", """{"settings":{}}""");

        await answer.ShouldBeProblem(404, Refusals.NotFound);
    }

    [Fact]
    public async Task ASecretSetting_IsNeverShownAgain_AndStaysWhenItIsLeftOut()
    {
        var set = await Change($$$"""{"settings":{"clientSecret":"{{{ClientSecret}}}","subscriptionId":"1"}}""");
        await ShouldShow(set, """{"clientSecret":"…6789","subscriptionId":"1"}""");

        var changed = await Change("""{"settings":{"subscriptionId":"2"}}""");
        await ShouldShow(changed, """{"clientSecret":"…6789","subscriptionId":"2"}""");

        var hidden = await Change("""{"settings":{"verifyToken":"hunter2"}}""");
        await ShouldShow(hidden, """{"clientSecret":"…6789","verifyToken":"…"}""", "hunter2");
        await ShouldShow(
            await _client.GetAsync($"/api/acme/sources/{_strava.Source}", Cancellation),
            """
            {"clientSecret":"…6789","verifyToken":"…"}
            """,
            "hunter2"
        );
        (await _client.GetStringAsync("/api/acme/sources", Cancellation)).ShouldNotContain("hunter2");
    }

    [Fact]
    public async Task AChangedSetting_IsWhatTheNextDeliveryMeets()
    {
        (await _strava.Deliver()).ShouldStartWith("200");

        await Change("""{"settings":{"subscriptionId":"no-such"}}""");
        (await _strava.Deliver()).ShouldBe("403 webhook.other-subscription");

        await Change($$$"""{"settings":{"clientSecret":"{{{ClientSecret}}}"}}""");
        (await _strava.Deliver()).ShouldBe("401 webhook.signature-missing");
    }

    private Task<HttpResponseMessage> Change(string body) =>
        _client.Post($"/api/acme/sources/{_strava.Source}/settings", body);

    private async Task<JsonElement> Shown()
    {
        var source = await (await _client.GetAsync($"/api/acme/sources/{_strava.Source}", Cancellation)).Body();
        return source.GetProperty("settings");
    }

    private static async Task ShouldShow(HttpResponseMessage answer, string settings, string secret = ClientSecret)
    {
        var text = await answer.Content.ReadAsStringAsync(Cancellation);
        ((int)answer.StatusCode).ShouldBe(200, text);
        text.ShouldNotContain(secret);
        JsonElement
            .DeepEquals(JsonElement.Parse(text).GetProperty("settings"), JsonElement.Parse(settings))
            .ShouldBeTrue(text);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;
}
