using EcosystemSilo.Grains.Blueprints;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Blueprints;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EcosystemSilo.Silo.Blueprints;

/// <summary>
/// Publishes the blueprint files at start. A file that says what is in force already changes nothing; one that breaks a
/// rule stops the start with file, line and rule.
/// </summary>
internal sealed class BlueprintPublisher(IGrains grains, SiloOptions options, ILogger<BlueprintPublisher> logger)
    : IHostedService
{
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
            throw new InvalidOperationException(string.Join(Environment.NewLine, parsed.Errors));
        }

        var document = parsed.Document;
        var ecosystem = new EcosystemId(document.Ecosystem);
        var id = $"start/{Guid.NewGuid():n}";
        var ask = new Ask($"{ecosystem}/blueprint-files", id, $"file:{name}", id);
        var reply = await grains.Ask(BlueprintKey.Of(ecosystem), new PublishBlueprint(document), ask, cancellation);
        if (reply is Refused { Refusal: var refusal })
        {
            throw new InvalidOperationException($"{name} was not published: {refusal.Message}");
        }

        Log.BlueprintInForce(logger, document.Ecosystem, ((Accepted)reply).Version, name);
    }
}
