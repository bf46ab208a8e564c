using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Sources;
using EcosystemSilo.Tests.Support;

namespace EcosystemSilo.Tests.Engines;

/// <summary>Commands to a source: the kind that nothing reacts to, so that an engine is seen alone.</summary>
internal static class SourceCommands
{
    public static readonly GrainKey Key = SourceKey.Of(TestSilo.Acme, new SourceId("s-1"));

    public static readonly CreateSource Create = new(
        "Source",
        "standard-webhooks",
        new SourceMapping(),
        new SealedSecret("sealed", "hint", Story.Morning)
    );

    /// <summary>One event that is told apart by its number.</summary>
    public static ChangeMapping Change(int number) => new(new SourceMapping(DealId: $"n-{number}"));

    public static RotateSecret Rotate(int number) =>
        new(new SealedSecret($"sealed-{number}", $"{number}", Story.Morning), TimeSpan.Zero);
}
