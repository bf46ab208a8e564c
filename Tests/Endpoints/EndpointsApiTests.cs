using System.Net.Http.Json;
using System.Text.Json;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Endpoints;
using EcosystemSilo.Senders.Json;
using EcosystemSilo.Tests.Outbound;
using EcosystemSilo.Tests.Support;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Endpoints;

/// <summary>Endpoints, their notifications and the feed, over REST and with a receiver on a real socket.</summary>
public sealed class EndpointsApiTests : IAsyncLifetime
{
    private readonly RunningGateway _gateway = new RunningGateway()
        .With("Outbound:AllowHttp", "true")
        .With("Outbound:AllowedNetworks", "127.0.0.0/8");
    private readonly Receiver _receiver = new();
    private HttpClient _client = null!;

    public ValueTask InitializeAsync()
    {
        _client = _gateway.Client();
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _gateway.DisposeAsync();
        await _receiver.DisposeAsync();
    }

    [Fact]
    public async Task AnEndpoint_IsCreatedWithASecretThatIsShownOnce()
    {
        var created = await Post(
            "endpoints",
            new
            {
                id = "crm",
                url = _receiver.Url,
                types = new[] { "deal.*" },
            },
            201
        );

        created.GetProperty("secret").GetString()!.ShouldStartWith("whsec_");
        created.GetProperty("status").GetString().ShouldBe("active");
        var shown = await Get("endpoints/crm");
        shown.TryGetProperty("secret", out _).ShouldBeFalse();
        shown.GetProperty("secrets")[0].GetProperty("hint").GetString()!.Length.ShouldBe(4);
        shown.GetRawText().ShouldNotContain("sealed");
        (await Get("endpoints")).GetProperty("items").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task AnAddressThatIsNeverSentTo_IsRefused()
    {
        string[] addresses =
        [
            "ftp://example.org/",
            "example.org",
            "https://user@example.org/",
            "https://example.org/#part",
            "https://10.0.0.1/",
            "https://[::1]/",
        ];
        foreach (var url in addresses)
        {
            (await Post("endpoints", new { url }, 400)).GetProperty("field").GetString().ShouldBe("url", url);
        }
    }

    [Fact]
    public async Task WhatIsWrongWithARequest_IsNamed()
    {
        var unknown = await Post("endpoints", new { url = _receiver.Url, types = new[] { "person.*" } }, 400);
        unknown.GetProperty("field").GetString().ShouldBe("types");
        var length = await Post("endpoints", new { id = new string('x', 41), url = _receiver.Url }, 400);
        length.GetProperty("code").GetString().ShouldBe(FieldCodes.FieldTooLong);
        (await Post("endpoints", new { url = _receiver.Url, perSecond = 0 }, 400))
            .GetProperty("field")
            .GetString()
            .ShouldBe("perSecond");
    }

    [Fact]
    public async Task ATestEvent_IsSentAndLogged()
    {
        await Post(
            "endpoints",
            new
            {
                id = "crm",
                url = _receiver.Url,
                types = new[] { "deal.won" },
            },
            201
        );

        var sent = await Post("endpoints/crm/test", new { }, 200);

        await Until(() => _receiver.All.Count == 1, "the test event");
        var name = sent.GetProperty("event").GetString()!;
        name.ShouldStartWith("test-");
        _receiver.All[0].Id.ShouldBe(name);
        _receiver.All[0].Text.ShouldBe(sent.GetProperty("body").GetString());
        JsonElement.Parse(_receiver.All[0].Text).GetProperty("type").GetString().ShouldBe("deal.won");
        await Logged("crm", name, "delivered");
        var one = await Get($"endpoints/crm/notifications/{name}");
        one.GetProperty("log")[0].GetProperty("status").GetInt32().ShouldBe(204);
    }

    [Fact]
    public async Task ADeliveredNotification_CanBeSentAgainUnderItsId()
    {
        await Post("endpoints", new { id = "crm", url = _receiver.Url }, 201);
        var name = (await Post("endpoints/crm/test", new { }, 200)).GetProperty("event").GetString()!;
        await Logged("crm", name, "delivered");

        await Post($"endpoints/crm/notifications/{name}/resend", new { }, 200);

        await Until(() => _receiver.All.Count == 2, "it once more");
        _receiver.All.Select(received => received.Id).Distinct().ShouldBe([name]);
        await Logged("crm", name, "delivered");
        (await Get($"endpoints/crm/notifications/{name}")).GetProperty("attempts").GetInt32().ShouldBe(2);
    }

    [Fact]
    public async Task ADisabledEndpoint_RefusesATest_AndTakesWhatItMissedWhenItIsEnabled()
    {
        await Post(
            "endpoints",
            new
            {
                id = "crm",
                url = _receiver.Url,
                types = new[] { "partner.registered" },
            },
            201
        );
        (await Post("endpoints/crm/disable", new { }, 200)).GetProperty("reason").GetString().ShouldBe("asked");
        (await Post("endpoints/crm/test", new { }, 409))
            .GetProperty("code")
            .GetString()
            .ShouldBe(Refusals.StatusForbids);
        await Register("p-1");

        var enabled = await Post("endpoints/crm/enable", new { }, 200);

        enabled.GetProperty("status").GetString().ShouldBe("active");
        await Until(() => _receiver.All.Count == 1, "what it missed");
        _receiver.All[0].Text.ShouldContain("\"p-1\"");
        var later = new { since = TimeProvider.System.GetUtcNow().AddDays(1).ToString("O") };
        (await Post("endpoints/crm/enable", later, 400)).GetProperty("field").GetString().ShouldBe("since");
    }

    [Fact]
    public async Task ADeletedEndpoint_IsGone()
    {
        await Post("endpoints", new { id = "crm", url = _receiver.Url }, 201);

        (await Post("endpoints/crm/delete", new { }, 200)).GetProperty("status").GetString().ShouldBe("deleted");

        (await Send(_client, HttpMethod.Get, "endpoints/crm")).Status.ShouldBe(404);
        await Post("endpoints/crm/test", new { }, 404);
        await Until(
            async () => (await Get("endpoints")).GetProperty("items").GetArrayLength() == 0,
            "the list without it"
        );
    }

    [Fact]
    public async Task Rotating_ShowsTheNewSecret_AndBothSign()
    {
        await Post("endpoints", new { id = "crm", url = _receiver.Url }, 201);

        var rotated = await Post("endpoints/crm/rotate", new { signature = "ed25519", overlapHours = 1 }, 200);

        rotated.GetProperty("secret").GetString()!.ShouldStartWith("whpk_");
        await Post("endpoints/crm/test", new { }, 200);
        await Until(() => _receiver.All.Count == 1, "the test event");
        _receiver.All[0].Headers["webhook-signature"].Split(' ').Length.ShouldBe(2);
    }

    [Fact]
    public async Task Changing_ReplacesWhatTheOwnerChose()
    {
        await Post(
            "endpoints",
            new
            {
                id = "crm",
                url = _receiver.Url,
                description = "Ours",
                perSecond = 5,
            },
            201
        );

        var settings = new { url = _receiver.Url, order = "fifo" };
        var changed = await Post("endpoints/crm/settings", settings, 200);

        changed.GetProperty("order").GetString().ShouldBe("fifo");
        changed.TryGetProperty("description", out _).ShouldBeFalse();
        changed.TryGetProperty("perSecond", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task TheCatalogue_HasASchemaAndAnExampleForEveryType()
    {
        var all = (await Get("event-types")).GetProperty("items");

        all.EnumerateArray()
            .Select(type => type.GetProperty("type").GetString())
            .ShouldBe(EventCatalogue.All.Select(published => published.Type));
        var one = await Get("event-types/deal.won");
        one.GetProperty("schema").GetProperty("title").GetString().ShouldBe("deal.won");
        one.GetProperty("example").GetProperty("type").GetString().ShouldBe("deal.won");
        (await Send(_client, HttpMethod.Get, "event-types/person.registered")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Polling_GivesTheSameEventsUnderTheSameIds_PageByPage()
    {
        await Post(
            "endpoints",
            new
            {
                id = "crm",
                url = _receiver.Url,
                types = new[] { "partner.*" },
            },
            201
        );
        foreach (var partner in new[] { "p-1", "p-2", "p-3" })
        {
            await Register(partner);
        }

        await Until(() => _receiver.All.Count == 6, "three registrations and three phases");
        var (polled, next, pages) = (new List<JsonElement>(), "", 0);
        for (var isEnd = false; !isEnd; pages++)
        {
            var page = await Get($"events?types=partner.*&limit=2{(next.Length > 0 ? $"&after={next}" : "")}");
            polled.AddRange(page.GetProperty("items").EnumerateArray());
            (next, isEnd) = (page.GetProperty("next").GetString()!, page.GetProperty("isEnd").GetBoolean());
        }

        pages.ShouldBe(4);
        var received = _receiver.All.OrderBy(one => long.Parse(one.Id["evt-".Length..])).ToList();
        polled.Select(item => item.GetProperty("id").GetString()).ShouldBe(received.Select(one => one.Id));
        polled
            .Zip(received)
            .ShouldAllBe(pair =>
                JsonElement.DeepEquals(pair.First.GetProperty("event"), JsonElement.Parse(pair.Second.Body))
            );
        (await Send(_client, HttpMethod.Get, "events?after=made-up")).Status.ShouldBe(400);
        (await Send(_client, HttpMethod.Get, "events?types=person.*")).Status.ShouldBe(400);
        (await Send(_client, HttpMethod.Get, "events?limit=0")).Status.ShouldBe(400);
    }

    [Fact]
    public async Task APartner_PollsItsOwnEventsOnly()
    {
        foreach (var partner in new[] { "p-1", "p-2" })
        {
            await Register(partner);
            await Post(
                "deals",
                new
                {
                    id = $"d-{partner}",
                    partner,
                    customer = new { name = "A clinic", domain = $"{partner}.org" },
                    product = "enterprise",
                },
                201
            );
        }

        var key = await Post(
            "keys",
            new
            {
                name = "Partner",
                role = "partner",
                partner = "p-2",
            },
            201
        );
        using var partners = _gateway.Client(key.GetProperty("key").GetString());
        var (status, page) = await Send(partners, HttpMethod.Get, "events");

        status.ShouldBe(200);
        var bodies = page.GetProperty("items").EnumerateArray().Select(item => item.GetRawText()).ToList();
        bodies.ShouldNotBeEmpty();
        bodies.ShouldAllBe(body => body.Contains("p-2") && !body.Contains("p-1"));
        bodies.ShouldContain(body => body.Contains("deal.registered"));
    }

    private async Task Logged(string endpoint, string name, string status) =>
        await Until(
            async () =>
                (await Get($"endpoints/{endpoint}/notifications?status={status}"))
                    .GetProperty("items")
                    .EnumerateArray()
                    .Any(item => item.GetProperty("event").GetString() == name),
            $"{name} as {status} in the log"
        );

    private static Task Until(Func<bool> condition, string awaited) =>
        Awaited.Until(() => Task.FromResult(condition()), awaited);

    private static Task Until(Func<Task<bool>> condition, string awaited) => Awaited.Until(condition, awaited);

    private Task Register(string id) =>
        Post(
            "partners",
            new
            {
                id,
                name = $"Partner {id}",
                category = "medical-device",
            },
            201
        );

    private async Task<JsonElement> Get(string path)
    {
        var (status, body) = await Send(_client, HttpMethod.Get, path);
        status.ShouldBe(200, body.GetRawText());
        return body;
    }

    private async Task<JsonElement> Post(string path, object body, int expected)
    {
        var (status, answer) = await Send(_client, HttpMethod.Post, path, body);
        status.ShouldBe(expected, answer.GetRawText());
        return answer;
    }

    private static async Task<(int Status, JsonElement Body)> Send(
        HttpClient client,
        HttpMethod method,
        string path,
        object? body = null
    )
    {
        using var request = new HttpRequestMessage(method, $"/api/acme/{path}")
        {
            Content = body is null ? null : JsonContent.Create(body),
        };
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return ((int)response.StatusCode, JsonElement.Parse(text));
    }
}
