using System.Net;
using System.Text;
using System.Text.Json;
using EcosystemSilo.Gateway.Http;
using EcosystemSilo.Senders.Schemes;
using EcosystemSilo.Tests.Http;
using EcosystemSilo.Tests.Support;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Webhooks.Senders;

/// <summary>Deliveries too large for one append: signed ones, and more of them than are taken at a time.</summary>
public sealed class LargePartsTests : IAsyncLifetime
{
    private readonly RunningGateway _gateway = new();
    private HttpClient _client = null!;

    public ValueTask InitializeAsync()
    {
        _client = _gateway.Client();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return _gateway.DisposeAsync();
    }

    [Theory]
    [InlineData(WebhookLimits.BodyBytesMax + 1)]
    [InlineData(10 * 1024 * 1024)]
    public async Task ALargeSignedDelivery_IsKeptInParts_AndOnceOnly(int bytes)
    {
        var terra = await _gateway.CreateSource("terra");
        var body = Terra(bytes);

        (await terra.Send(_client, body, "trace-1")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await terra.Send(_client, body, "trace-1")).StatusCode.ShouldBe(HttpStatusCode.OK);

        var parts = await Parts(body);
        parts.Count.ShouldBeGreaterThanOrEqualTo(bytes / WebhookLimits.PartBytesMax);
        await Awaited.Until(
            async () =>
                await Count(terra.Source, "refused") == parts.Count && await Count(terra.Source, "repeated") == 1,
            $"{parts.Count} parts to be counted, and one repeat"
        );
    }

    [Fact]
    public async Task EveryPartOfASignedDelivery_HasWhatIsAroundItsData()
    {
        var body = Terra(3 * 1024 * 1024);

        var parts = await Parts(body);

        parts.Select(part => part.Id).ShouldBe(Enumerable.Range(0, parts.Count).Select(i => $"trace-1:{i}"));
        parts.ShouldAllBe(part =>
            part.Type == "daily" && part.Data.GetProperty("user").GetProperty("id").GetInt32() == 7
        );
        var whole = JsonElement.Parse(body).GetProperty("data").EnumerateArray().Select(one => one.GetRawText());
        parts
            .SelectMany(part => part.Data.GetProperty("data").EnumerateArray())
            .Select(one => one.GetRawText())
            .ShouldBe(whole);
    }

    [Fact]
    public async Task ALargeSignedDelivery_ThatWasChanged_LeavesNothing()
    {
        var terra = await _gateway.CreateSource("terra");

        var answer = await terra.Send(_client, Terra(2_000_000), "trace-1", sent => [.. sent[..^1], (byte)' ']);

        await answer.ShouldBeProblem(401, "webhook.signature-invalid");
        (await terra.Send(_client, Terra(2_000), "trace-2")).StatusCode.ShouldBe(HttpStatusCode.OK);
        await Awaited.Until(async () => await Count(terra.Source, "refused") == 1, "the later delivery to be counted");
    }

    /// <summary>Nothing may be acknowledged of which nothing is kept.</summary>
    [Theory]
    [InlineData("{\"type\":\"daily\",\"data\":{\"all\":\"#\"}}")]
    [InlineData("{\"type\":\"daily\",\"data\":\"#\"}")]
    [InlineData("{\"type\":\"daily\",\"more\":[\"#\"]}")]
    [InlineData("{\"data\":[\"#\"]}")]
    public async Task ALargeSignedDelivery_OfAnotherShape_IsRefused(string shape)
    {
        var terra = await _gateway.CreateSource("terra");
        var body = shape.Replace("#", new string('x', 2_000_000), StringComparison.Ordinal);

        var answer = await terra.Send(_client, body, "trace-1");

        await answer.ShouldBeProblem(400, "webhook.body-malformed");
    }

    [Fact]
    public async Task OneLargeDeliveryTooMany_IsToldToComeBack_AndTakenAfterwards()
    {
        var garmin = await _gateway.CreateSource("garmin");
        // The gateway's own client keeps a body until it is whole, for redirects.
        using var pushing = new HttpClient();
        var held = Enumerable.Range(0, WebhookLimits.LargeAtOnceMax).Select(i => new HeldPush(i)).ToList();
        var pushes = held.ConvertAll(push => pushing.PostAsync(garmin.Url, push, Cancellation));
        // Each has journalled a part, so each is under way.
        await Awaited.Until(
            async () => await Count(garmin.Source, "ignored") >= held.Count,
            "a part of every large delivery to be journalled"
        );

        using var tooMany = await pushing.PostAsync(garmin.Url, HeldPush.Released(9), Cancellation);
        using var small = await pushing.PostAsync(garmin.Url, HttpTesting.Json(HeldPush.Body(8)), Cancellation);

        await tooMany.ShouldBeProblem(503, EdgeCodes.Unavailable);
        tooMany.Headers.RetryAfter?.Delta.ShouldNotBeNull().ShouldBeGreaterThan(TimeSpan.Zero);
        small.StatusCode.ShouldBe(HttpStatusCode.OK);

        held.ForEach(push => push.Release());
        (await Task.WhenAll(pushes)).ShouldAllBe(answer => answer.StatusCode == HttpStatusCode.OK);
        using var again = await pushing.PostAsync(garmin.Url, HeldPush.Released(9), Cancellation);
        again.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private async Task<long> Count(string source, string outcome)
    {
        var shown = await (await _client.GetAsync($"/api/acme/sources/{source}", Cancellation)).Body();
        return shown.GetProperty("counts").GetProperty(outcome).GetInt64();
    }

    /// <summary>A body of so many bytes, of days of about 10 KB.</summary>
    private static string Terra(int bytes)
    {
        const string Opening = """{"type":"daily","user":{"id":7},"data":[""";
        var body = new StringBuilder(Opening);
        var day = 0;
        while (body.Length + 10_100 < bytes)
        {
            body.Append($$"""{"day":{{day++}},"samples":"{{new string('s', 10_000)}}"},""");
        }

        body.Append("""{"day":-1}]""");
        return body.Append(' ', Math.Max(0, bytes - body.Length - 1)).Append('}').ToString();
    }

    private static async Task<List<InboundEvent>> Parts(string body)
    {
        var terra = WebhookSchemes.Find("terra").ShouldNotBeNull();
        var secret = terra.FreshSecret();
        var verdict = terra.Verify(Deliveries.Signed(terra, secret, body, "trace-1"), [secret], Deliveries.Now);
        var parted = verdict.ShouldBeOfType<Parted>();
        var reader = new PartReader(new MemoryStream(parted.Body.ShouldNotBeNull()), parted.Shape, body.Length);
        var events = new List<InboundEvent>();
        await foreach (var part in reader.Read(Cancellation))
        {
            events.Add(part.Event.ShouldNotBeNull());
        }

        return events;
    }

    /// <summary>A push of unknown length: a part, and then nothing but white space until it is let go.</summary>
    private sealed class HeldPush : HttpContent
    {
        private static readonly byte[] Space = [.. Enumerable.Repeat((byte)' ', 256)];
        private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly string _body;

        public HeldPush(int person)
        {
            _body = Body(person);
            Headers.ContentType = new("application/json");
        }

        public static HeldPush Released(int person)
        {
            var push = new HeldPush(person);
            push.Release();
            return push;
        }

        /// <summary>The second person's element ends the first one's part.</summary>
        public static string Body(int person) =>
            $$"""{"dailies":[{"userId":"a{{person}}"},{"userId":"b{{person}}"}]}""";

        public void Release() => _release.TrySetResult();

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            var bytes = Encoding.UTF8.GetBytes(_body);
            await stream.WriteAsync(bytes.AsMemory(..^2), Cancellation);
            while (!_release.Task.IsCompleted)
            {
                // Enough for the slowest rate that the gateway puts up with.
                await stream.WriteAsync(Space, Cancellation);
                await stream.FlushAsync(Cancellation);
                await Task.WhenAny(
                    _release.Task,
                    Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Cancellation)
                );
            }

            await stream.WriteAsync(bytes.AsMemory(^2..), Cancellation);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
