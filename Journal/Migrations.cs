using System.Globalization;
using System.Reflection;

namespace EcosystemSilo.Journal;

/// <summary>One step of a store's schema; a database at version n has had steps 1..n.</summary>
internal sealed record Migration(int Version, string Sql);

/// <summary>
/// The steps of a store's schema, embedded as <c>{store}/NNN.sql</c>. A released step is never edited.
/// </summary>
internal static class Migrations
{
    public static IReadOnlyList<Migration> Of(string store)
    {
        var assembly = Assembly.GetExecutingAssembly();
        var prefix = store + "/";
        return
        [
            .. assembly
                .GetManifestResourceNames()
                .Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .Select(name => new Migration(VersionOf(name[prefix.Length..]), Read(assembly, name))),
        ];
    }

    /// <summary>The steps that a database still needs. Refuses one that a newer product has already changed.</summary>
    public static IEnumerable<Migration> Missing(IReadOnlyList<Migration> known, int databaseVersion)
    {
        var newest = known[^1].Version;
        if (databaseVersion > newest)
        {
            throw new JournalNewerException(
                $"The journal's schema has version {databaseVersion}, but this version of the product knows only "
                    + $"{newest}. Start the version that was in use before, or a newer one."
            );
        }
        return known.Where(step => step.Version > databaseVersion);
    }

    private static int VersionOf(string fileName) =>
        int.Parse(Path.GetFileNameWithoutExtension(fileName), CultureInfo.InvariantCulture);

    private static string Read(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
