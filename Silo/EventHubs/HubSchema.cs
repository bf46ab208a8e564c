namespace EcosystemSilo.Silo.EventHubs;

/// <summary>
/// What reading an event hub needs in the journal's database, in steps for the journal's migration lock, after those of
/// the membership. Each may run any number of times.
/// </summary>
internal static class HubSchema
{
    public static IReadOnlyList<(string Name, string Sql)> Steps { get; } =
    [
        ("event-hub-checkpoints", SchemaFile.Read("EventHubs/Checkpoints.sql")),
        ("orleans-storage", SchemaFile.Read("EventHubs/Storage.sql")),
    ];
}
