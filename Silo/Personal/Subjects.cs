using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.People;
using EcosystemSilo.Grains.Interfaces.WearableStreams;

namespace EcosystemSilo.Silo.Personal;

/// <summary>Which person a grain's data is about.</summary>
internal static class Subjects
{
    /// <summary>The data subject of a grain, by its key as text; null for grains that are about nobody.</summary>
    public static string? Of(string grain) => Of(GrainKey.Parse(grain));

    /// <inheritdoc cref="Of(string)"/>
    public static string? Of(GrainKey grain) =>
        grain.Kind switch
        {
            PersonKey.Kind => $"{grain}",
            WearableStreamKey.Kind => $"{PersonKey.Of(grain.Ecosystem, WearableStreamKey.Parts(grain).Person)}",
            _ => null,
        };

    /// <summary>Whether a reader's rows describe people; then their keys are <c>x/{ecosystem}/{person}</c> and
    /// more.</summary>
    public static bool HasPersonalRows(string reader) => reader.StartsWith("personal-", StringComparison.Ordinal);

    /// <summary>The data subject of a row, by its key.</summary>
    public static string OfRow(string key)
    {
        var parts = key.Split('/', 4);
        return $"{PersonKey.Of(new EcosystemId(parts[1]), new PersonId(parts[2]))}";
    }
}
