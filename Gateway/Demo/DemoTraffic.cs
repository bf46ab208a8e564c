using System.Text;
using System.Text.Json;
using EcosystemSilo.Gateway.Sources;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Sources;
using EcosystemSilo.Senders.Schemes;
using EcosystemSilo.Senders.Secrets;

namespace EcosystemSilo.Gateway.Demo;

/// <summary>
/// Keeps a demo alive: a steady flow of signed webhooks to the real endpoint, as senders would post them, and now and
/// then a partner manager's word where a webhook cannot give it.
/// </summary>
public sealed class DemoTraffic(
    IGrains grains,
    DemoEvents events,
    SourceSecrets secrets,
    PublicUrl address,
    TimeProvider clock,
    IHostApplicationLifetime lifetime
) : BackgroundService
{
    private const string Scheme = "standard-webhooks";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(400);
    private static readonly string[] Ecosystems = ["purposeful-live", "acme"];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await WhenStarted(stoppingToken);
        using var client = new HttpClient();
        var scheme = WebhookSchemes.Find(Scheme)!;
        for (var turn = 0; !stoppingToken.IsCancellationRequested; turn++)
        {
            var ecosystem = new EcosystemId(Ecosystems[turn % Ecosystems.Length]);
            var source = SourceKey.Of(ecosystem, new SourceId("demo"));
            var secret = scheme.ReadSecret(await SecretOf(source, scheme, stoppingToken))!;
            if (await events.Next(ecosystem, stoppingToken) is { } body)
            {
                await Post(client, scheme, source, secret, body, stoppingToken);
            }

            await Task.Delay(Pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task Post(
        HttpClient client,
        IWebhookScheme scheme,
        GrainKey source,
        SourceSecret secret,
        object body,
        CancellationToken cancellation
    )
    {
        var url = address.OfSource(source);
        var bytes = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(body, JsonSerializerOptions.Web));
        var delivery = new OutboundDelivery("POST", url, bytes, $"demo_{Guid.NewGuid():n}", clock.GetUtcNow());
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(bytes) };
        foreach (var (name, value) in scheme.Sign(delivery, secret))
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        try
        {
            (await client.SendAsync(request, cancellation)).Dispose();
        }
        catch (HttpRequestException)
        {
            // A demo's lost webhook is made up for by the next one.
        }
    }

    private async Task<string> SecretOf(GrainKey source, IWebhookScheme scheme, CancellationToken cancellation)
    {
        if (await grains.Read<SourceView>(source, ReadAt.Newest, cancellation) is null)
        {
            var command = new CreateSource(
                "Demo",
                Scheme,
                new SourceMapping(),
                secrets.Make(scheme, source, chosen: null)
            );
            await grains.Ask(source, command, DemoEvents.Circumstances(source.Ecosystem), cancellation);
        }

        var view = await grains.Read<SourceView>(source, ReadAt.Newest, cancellation);
        return secrets.Reveal(view!.View.Secrets[0], source);
    }

    private async Task WhenStarted(CancellationToken stopping)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(() => started.TrySetResult());
        await started.Task.WaitAsync(stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
