using System.Collections.Frozen;
using EcosystemSilo.Grains;
using EcosystemSilo.Grains.Interfaces;

namespace EcosystemSilo.Silo.Calls;

/// <summary>Where Orleans finds a grain: its kind is the grain type, its ecosystem and id are the key.</summary>
internal static class GrainAddresses
{
    private static readonly FrozenDictionary<string, GrainType> Types = GrainKinds.All.ToFrozenDictionary(
        kind => kind.Name,
        kind => GrainType.Create(kind.Name),
        StringComparer.Ordinal
    );

    public static GrainId Of(GrainKey key) =>
        GrainKinds.Of(key).IsKept
            ? new GrainId(Types[key.Kind], IdSpan.Create($"{key.Ecosystem.Value}/{key.Id}"))
            : new GrainId(Types[key.Kind], IdSpan.Create($"{SharedBy(key)}"));

    /// <summary>The activation that stands for a grain of a kind that is not kept; the same in every process.</summary>
    private static uint SharedBy(GrainKey key) => StableHash.ComputeHash(key.ToString()) % Limits.SharedPerKind;
}
