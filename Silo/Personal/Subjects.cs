using EcosystemSilo.Grains.Interfaces.People;

namespace EcosystemSilo.Silo.Personal;

/// <summary>Which person a grain's data is about.</summary>
internal static class Subjects
{
    /// <summary>The data subject of a grain, by its key as text; null for grains that are about nobody.</summary>
    public static string? Of(string grain)
    {
        var kind = grain.AsSpan(grain.IndexOf('/') + 1);
        return kind.StartsWith(PersonKey.Kind) && kind[PersonKey.Kind.Length] == '/' ? grain : null;
    }
}
