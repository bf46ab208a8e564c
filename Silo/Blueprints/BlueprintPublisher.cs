using EcosystemSilo.Grains.Blueprints;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Blueprints;
using EcosystemSilo.Silo.Activations;
using EcosystemSilo.Silo.Hosting;
using EcosystemSilo.Silo.Membership;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EcosystemSilo.Silo.Blueprints;

/// <summary>
/// Publishes the blueprint files at start. A file that says what is in force already changes nothing; one that breaks a
/// rule stops the start with file, line and rule. A journal that is busy, as when several processes start at once, is
/// asked again. It is done before the silo takes calls, so that none is decided by older rules.
/// </summary>
internal sealed class BlueprintPublisher(
    CoreHost host,
    SiloOptions options,
    TimeProvider clock,
    ILogger<BlueprintPublisher> logger
) : IHostedService
{
    private readonly CoreRunner _grains = new(host);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var file in Directory.EnumerateFiles(options.BlueprintsFolder, "*.yaml").Order(StringComparer.Ordinal))
        {
            await Publish(file, cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task Publish(string file, CancellationToken cancellation)
    {
        var name = Path.GetFileName(file);
        var parsed = BlueprintFile.Parse(name, await File.ReadAllTextAsync(file, cancellation));
        if (!parsed.IsValid)
        {
            throw new StartRefusedException(ExitCodes.Settings, string.Join(Environment.NewLine, parsed.Errors));
        }

        var document = parsed.Document;
        var ecosystem = new EcosystemId(document.Ecosystem);
        var id = $"start/{Guid.NewGuid():n}";
        var ask = new Ask($"{ecosystem}/blueprint-files", id, $"file:{name}", id);
        var reply = await Ask(BlueprintKey.Of(ecosystem), new PublishBlueprint(document), ask, cancellation);
        if (reply is Refused { Refusal.Code: Refusals.GrainPaused })
        {
            // To stop here would leave nobody who could resume it.
            Log.BlueprintPaused(logger, document.Ecosystem, name);
            return;
        }

        if (reply is Refused { Refusal: var refusal })
        {
            throw new StartRefusedException(ExitCodes.Settings, $"{name} was not published: {refusal.Message}");
        }

        Log.BlueprintInForce(logger, document.Ecosystem, ((Accepted)reply).Version, name);
    }

    private async Task<Reply> Ask(GrainKey key, ICommand command, Ask ask, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await _grains.Ask(key, command, ask, cancellation);
            }
            catch (GrainUnavailableException fault) when (attempt < Limits.StartAttemptsMax)
            {
                Log.ReaderWaits(logger, "the blueprint publisher", 0, fault);
                await Task.Delay(Limits.RetryDelay, clock, cancellation);
            }
        }
    }
}
