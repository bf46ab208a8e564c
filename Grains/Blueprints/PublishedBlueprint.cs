using EcosystemSilo.Grains.Interfaces.Blueprints;

namespace EcosystemSilo.Grains.Blueprints;

/// <summary>The rules in force, with the version under which they were published.</summary>
public sealed record PublishedBlueprint(int Version, BlueprintDocument Document);
