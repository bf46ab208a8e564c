using System.Text.Json;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Deliveries;

namespace EcosystemSilo.Silo.Reactions;

/// <summary>Opens what waited under a person's key, on its way to the grain.</summary>
internal static class SealedCommands
{
    /// <summary>The command inside; null when the person was erased, and it with them.</summary>
    public static async ValueTask<ICommand?> Open(
        SealedCommand sealedCommand,
        ISubjectBox box,
        CancellationToken cancellation
    )
    {
        var (subject, place, name, version, text) = sealedCommand;
        if (await box.Open(subject, place, text, cancellation) is not { } opened)
        {
            return null;
        }

        var wire =
            Wire.Find(name, version)
            ?? throw new InvalidOperationException($"A sealed {name} v{version} waits that this build does not know.");
        return (ICommand?)JsonSerializer.Deserialize(opened, wire.Json);
    }
}
