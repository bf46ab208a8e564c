namespace EcosystemSilo.Silo.EventHubs;

/// <summary>
/// What reading an event hub needs in the journal's database, in steps for the journal's migration lock, after those of
/// the membership. Each may run any number of times.
/// </summary>
internal static class HubSchema
{
    public static IReadOnlyList<(string Name, string Sql)> Steps { get; } =
    [("event-hub-checkpoints", Read("Checkpoints.sql")), ("orleans-storage", Read("Storage.sql"))];

    private static string Read(string file)
    {
        using var stream = typeof(HubSchema).Assembly.GetManifestResourceStream($"EventHubs/{file}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
