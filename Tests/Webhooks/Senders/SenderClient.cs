using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Deliveries;
using EcosystemSilo.Grains.Interfaces.Lists;
using EcosystemSilo.Journal;
using EcosystemSilo.Senders.Intake;
using EcosystemSilo.Senders.Schemes;
using EcosystemSilo.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Webhooks.Senders;

/// <summary>Plays a sender of a sample against a source of its own.</summary>
internal sealed record SenderClient(
    RunningGateway Gateway,
    HttpClient Http,
    SenderSample Sample,
    string Source,
    string Url,
    string Secret
)
{
    public static async Task<SenderClient> Start(RunningGateway gateway, HttpClient http, SenderSample sample)
    {
        var request = new
        {
            name = sample.Scheme,
            scheme = sample.Scheme,
            settings = sample.Settings,
        };
        var created = await http.PostAsJsonAsync("/api/acme/sources", request, Cancellation);
        var text = await created.Content.ReadAsStringAsync(Cancellation);
        ((int)created.StatusCode).ShouldBe(201, text);
        var source = JsonElement.Parse(text);
        string Text(string name) => source.GetProperty(name).GetString()!;
        return new SenderClient(gateway, http, sample, Text("id"), Text("url"), Text("secret"));
    }

    /// <summary>Posts a body as the sender would, and returns status and code.</summary>
    /// <param name="afterSigning">What befalls it on the way.</param>
    public async Task<string> Deliver(
        byte[]? body = null,
        Func<byte[], byte[]>? afterSigning = null,
        TimeSpan age = default,
        string? secret = null,
        string id = "msg_1"
    )
    {
        var bytes = body ?? Encoding.UTF8.GetBytes(Sample.Body);
        var url = secret is null ? Url : Url.Replace(Secret, secret, StringComparison.Ordinal);
        var headers = Headers(bytes, age, secret, url, id);
        return await Send(HttpMethod.Post, url, afterSigning?.Invoke(bytes) ?? bytes, headers);
    }

    /// <summary>Posts the sample with nothing that proves the sender.</summary>
    public Task<string> DeliverUnproven() =>
        Send(
            HttpMethod.Post,
            Url.Replace($"/{Secret}", "", StringComparison.Ordinal),
            Encoding.UTF8.GetBytes(Sample.Body),
            new Dictionary<string, string> { ["Content-Type"] = ContentType }
        );

    public Task<string> Greet(Greeting greeting)
    {
        var body = greeting.Body is { } text ? Encoding.UTF8.GetBytes(text) : null;
        var url = greeting.IsProven ? Url : Url.Replace($"/{Secret}", "", StringComparison.Ordinal);
        var headers = new Dictionary<string, string>(greeting.Headers);
        if (body is not null)
        {
            var proof = greeting.IsProven ? Headers(body, TimeSpan.Zero, secret: null, url) : [];
            foreach (var (name, value) in proof.Append(new("Content-Type", ContentType)))
            {
                headers.TryAdd(name, value);
            }
        }

        return Send(new HttpMethod(greeting.Method), url + greeting.Query, body, headers);
    }

    /// <summary>How many deliveries of the sample's id the journal holds: none or one.</summary>
    public async Task<int> Kept(DateTimeOffset since)
    {
        foreach (var at in new[] { since, Now })
        {
            var id = DeliveryIds.Of(new SourceId(Source), await IdAt(at));
            var key = DeliveryKey.Of(new EcosystemId("acme"), id);
            if (await Gateway.Grains.Read<DeliveryView>(key, ReadAt.Newest, Cancellation) is { Version: 1 })
            {
                return 1;
            }
        }

        return 0;
    }

    /// <summary>How many deliveries were recognised as repeats.</summary>
    public async Task<long> Repeats()
    {
        var shown = await Http.GetFromJsonAsync<JsonElement>($"/api/acme/sources/{Source}", Cancellation);
        return shown.GetProperty("counts").GetProperty("repeated").GetInt64();
    }

    /// <summary>How many deliveries the source's counts know, whatever became of them.</summary>
    public async Task<long> Counted()
    {
        var end = await Gateway.Services.GetRequiredService<IJournal>().LastPosition(Cancellation);
        await Gateway.Services.GetRequiredService<IReadModels>().WaitFor(end, Cancellation);
        var shown = await Http.GetFromJsonAsync<JsonElement>($"/api/acme/sources/{Source}", Cancellation);
        return shown
            .GetProperty("counts")
            .EnumerateObject()
            .Where(count => count.Name != "repeated")
            .Sum(count => count.Value.GetInt64());
    }

    public static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string ContentType => Headers([], TimeSpan.Zero, secret: null, Url)["Content-Type"];

    private Dictionary<string, string> Headers(
        byte[] body,
        TimeSpan age,
        string? secret,
        string url,
        string id = "msg_1"
    )
    {
        var key = Sample.Kind.ReadSecret(secret ?? Secret).ShouldNotBeNull();
        var delivery = new OutboundDelivery("POST", url, body, id, Now - age);
        return new Dictionary<string, string>(Sample.Kind.Sign(delivery, key), StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The delivery's id, as the scheme reads it at that time.</summary>
    private async Task<string> IdAt(DateTimeOffset at)
    {
        var bytes = Encoding.UTF8.GetBytes(Sample.Body);
        var key = Sample.Kind.ReadSecret(Secret).ShouldNotBeNull();
        var signed = Sample.Kind.Sign(new OutboundDelivery("POST", Url, bytes, "msg_1", at), key);
        IHeaderDictionary headers = new HeaderDictionary(
            signed.ToDictionary(
                header => header.Key,
                header => new Microsoft.Extensions.Primitives.StringValues(header.Value),
                StringComparer.OrdinalIgnoreCase
            )
        );
        var request = new InboundRequest("POST", Url, headers, bytes, headers.ContentType)
        {
            AddressToken = Secret,
            Settings = new SourceSettings(Sample.Settings),
        };
        var verdict = Sample.Kind.Verify(Sample.IsParted ? request with { Body = default } : request, [key], at);
        if (verdict is not Parted parted)
        {
            return verdict.ShouldBeVerified().DeliveryId;
        }

        var parts = new PartReader(new MemoryStream(bytes), parted.Shape, bytes.Length).Read(Cancellation);
        await foreach (var part in parts)
        {
            return part.Event.ShouldNotBeNull().Id;
        }

        throw new InvalidOperationException($"The sample of {Sample.Scheme} has no part.");
    }

    private async Task<string> Send(
        HttpMethod method,
        string url,
        byte[]? body,
        IEnumerable<KeyValuePair<string, string>> headers
    )
    {
        using var request = new HttpRequestMessage(method, url);
        request.Content = body is null ? null : new ByteArrayContent(body);
        foreach (var (name, value) in headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content?.Headers.TryAddWithoutValidation(name, value);
            }
        }

        using var answer = await Http.SendAsync(request, Cancellation);
        var text = await answer.Content.ReadAsStringAsync(Cancellation);
        var isProblem = answer.Content.Headers.ContentType?.MediaType == "application/problem+json";
        var said = isProblem && text.Length > 0 ? JsonElement.Parse(text).GetProperty("code").GetString() : text;
        return $"{(int)answer.StatusCode} {said}";
    }
}
