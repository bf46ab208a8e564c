using EcosystemSilo.Gateway.Sources;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Sources;
using EcosystemSilo.Senders.Schemes;
using EcosystemSilo.Senders.Secrets;

namespace EcosystemSilo.Gateway.FirstRun;

/// <summary>
/// Tells whoever started the service for the first time what to do next: where it is, how to sign in, and a webhook
/// to send. It writes to the console, not to the log, because it holds secrets of a development machine.
/// </summary>
public sealed class FirstRunGuide(
    FirstRunSignIn signIn,
    PublicUrl address,
    IGrains grains,
    SourceSecrets secrets,
    IHostApplicationLifetime lifetime
) : IHostedService
{
    private const string Scheme = "standard-webhooks";

    private static readonly GrainKey Source = SourceKey.Of(new EcosystemId("acme"), new SourceId("first-run"));

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var scheme = WebhookSchemes.Find(Scheme)!;
        var command = new CreateSource(
            "First run",
            Scheme,
            new SourceMapping(),
            secrets.Make(scheme, Source, chosen: null)
        );
        var ask = new Ask($"{Source.Ecosystem}/first-run", Guid.NewGuid().ToString("n"), "first-run", "first-run");
        // Refused when it exists from an earlier start; then its secret of that time is printed.
        await grains.Ask(Source, command, ask, cancellationToken);
        var source = await grains.Read<SourceView>(Source, ReadAt.Newest, cancellationToken);
        var secret = secrets.Reveal(source!.View.Secrets[0], Source);
        lifetime.ApplicationStarted.Register(() => Console.Out.WriteLine(Text(secret)));
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The signature is computed by the command itself, so it may be run at any time.</summary>
    private string Text(string secret)
    {
        var key = Convert.ToHexStringLower(Convert.FromBase64String(secret["whsec_".Length..]));
        return $$$"""

              EcosystemSilo runs at {{{address.Root}}}

              Sign in:    {{{address.Root}}}/#key={{{signIn.Key}}}
              API:        {{{address.Root}}}/docs     (header X-Api-Key: {{{signIn.Key}}})

              Send a signed webhook; a card appears on the open board of acme:
              t=$(date +%s); body='{"type":"partner.registered","timestamp":"'$(date -u +%FT%TZ)'","data":{"partner":"hello-'$t'","name":"Hello '$t'","category":"system-integrator"}}'; curl -i {{{address.OfSource(
                Source
            )}}} -H 'content-type: application/json' -H "webhook-id: msg_$t" -H "webhook-timestamp: $t" -H "webhook-signature: v1,$(printf %s "msg_$t.$t.$body" | openssl dgst -sha256 -mac HMAC -macopt hexkey:{{{key}}} -binary | openssl base64 -A)" -d "$body"

            """;
    }
}
