using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text;
using EcosystemSilo.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Webhooks.Senders;

/// <summary>An address that holds a secret is in no log line and in no trace, however a request to it ends.</summary>
public sealed class SecretAddressTests
{
    private const string VerifyToken = "a-token-of-ours-2";

    [Theory]
    [InlineData("a delivery", HttpStatusCode.OK)]
    [InlineData("a greeting", HttpStatusCode.OK)]
    [InlineData("a body that is too large", HttpStatusCode.RequestEntityTooLarge)]
    [InlineData("a body that is malformed", HttpStatusCode.BadRequest)]
    [InlineData("other letters", HttpStatusCode.OK)]
    [InlineData("another source", HttpStatusCode.NotFound)]
    [InlineData("another ecosystem", HttpStatusCode.NotFound)]
    [InlineData("a source that cannot be", HttpStatusCode.BadRequest)]
    [InlineData("another method", HttpStatusCode.MethodNotAllowed)]
    [InlineData("something behind it", HttpStatusCode.NotFound)]
    [InlineData("too many a second", HttpStatusCode.TooManyRequests)]
    public async Task ASecretAddress_IsInNoLogAndNoTrace(string situation, HttpStatusCode status)
    {
        await using var gateway = new RunningGateway();
        if (status == HttpStatusCode.TooManyRequests)
        {
            gateway.With("RateLimits:WebhooksPerSecond", "1").With("RateLimits:WebhooksBurst", "1");
        }

        using var client = gateway.Client();
        var sender = await SenderClient.Start(gateway, client, SenderSample.Of("strava"));
        using var logs = new LogLines();
        gateway.Services.GetRequiredService<ILoggerFactory>().AddProvider(logs);
        using var traces = new WrittenTraces();

        var answered = default(HttpStatusCode);
        for (var time = 0; time < 50 && answered != status; time++)
        {
            using var request = Request(situation, sender);
            request.Headers.Add("traceparent", $"00-{traces.Id}-{ActivitySpanId.CreateRandom()}-01");
            using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
            answered = answer.StatusCode;
        }

        answered.ShouldBe(status);
        await Awaited.Until(() => Task.FromResult(!traces.Texts.IsEmpty), "the trace of the request");
        traces.Texts.ShouldAllBe(text => text.Contains("correlation=", StringComparison.Ordinal));
        var written = string.Join('\n', [.. traces.Texts, .. logs.Written.Select(line => $"{line.Text} {line.Fault}")]);
        written.ShouldNotContain(sender.Secret);
        written.ShouldNotContain(VerifyToken);
    }

    private static HttpRequestMessage Request(string situation, SenderClient sender)
    {
        var url = sender.Url;
        var greeting = $"{url}?hub.mode=subscribe&hub.verify_token={VerifyToken}&hub.challenge=15f7d1";
        return situation switch
        {
            "a greeting" => new HttpRequestMessage(HttpMethod.Get, greeting),
            "a body that is too large" => Post(url, new string(' ', 2 * 1024 * 1024)),
            "a body that is malformed" => Post(url, "{}"),
            "other letters" => Post(Replace(url, "/hooks/", "/HOOKS/"), sender.Sample.Body),
            "another source" => Post(Replace(url, sender.Source, "nobody"), sender.Sample.Body),
            "another ecosystem" => Post(Replace(url, "/acme/", "/nowhere/"), sender.Sample.Body),
            "a source that cannot be" => Post(Replace(url, sender.Source, "no$id"), sender.Sample.Body),
            "another method" => new HttpRequestMessage(HttpMethod.Put, url),
            "something behind it" => Post($"{url}/more", sender.Sample.Body),
            _ => Post(url, sender.Sample.Body),
        };
    }

    private static HttpRequestMessage Post(string url, string body) =>
        new(HttpMethod.Post, url) { Content = new StringContent(body, Encoding.UTF8, "application/json") };

    private static string Replace(string url, string part, string other) =>
        url.Replace(part, other, StringComparison.Ordinal);

    /// <summary>What a collector would be sent of one trace.</summary>
    private sealed class WrittenTraces : IDisposable
    {
        private readonly ActivityListener _listener;

        public WrittenTraces()
        {
            _listener = new ActivityListener
            {
                ShouldListenTo = source => source.Name == "Microsoft.AspNetCore",
                Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
                ActivityStopped = Write,
            };
            ActivitySource.AddActivityListener(_listener);
        }

        public ActivityTraceId Id { get; } = ActivityTraceId.CreateRandom();

        public ConcurrentQueue<string> Texts { get; } = new();

        public void Dispose() => _listener.Dispose();

        private void Write(Activity activity)
        {
            if (activity.TraceId == Id)
            {
                var events = activity.Events.SelectMany(one => one.Tags);
                var tags = activity.TagObjects.Concat(events).Select(tag => $"{tag.Key}={tag.Value}");
                Texts.Enqueue($"{activity.DisplayName} {string.Join(' ', tags)}");
            }
        }
    }
}
