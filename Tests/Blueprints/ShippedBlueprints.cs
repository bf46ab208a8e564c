using EcosystemSilo.Grains.Blueprints;
using EcosystemSilo.Grains.Interfaces.Blueprints;
using Shouldly;

namespace EcosystemSilo.Tests.Blueprints;

/// <summary>The two programs of the product, read from where every executable finds them.</summary>
internal static class ShippedBlueprints
{
    /// <summary>Read once: some tests ask for it thousands of times, and reading YAML takes milliseconds.</summary>
    public static BlueprintDocument Acme { get; } = Read("acme.yaml");

    public static BlueprintDocument PurposefulLive { get; } = Read("purposeful-live.yaml");

    public static string Text(string fileName) =>
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "blueprints", fileName));

    private static BlueprintDocument Read(string fileName)
    {
        var parse = BlueprintFile.Parse(fileName, Text(fileName));
        parse.Errors.ShouldBeEmpty();
        return parse.Document.ShouldNotBeNull();
    }
}
