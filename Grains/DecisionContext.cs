using EcosystemSilo.Grains.Blueprints;
using EcosystemSilo.Grains.Interfaces;

namespace EcosystemSilo.Grains;

/// <summary>
/// All a decider may know besides its own state: time, caller and rules are parameters, never looked up.
/// </summary>
/// <param name="Blueprint">The rules in force; null while none is published.</param>
public sealed record DecisionContext(GrainKey Key, DateTimeOffset Now, string Actor, PublishedBlueprint? Blueprint);
