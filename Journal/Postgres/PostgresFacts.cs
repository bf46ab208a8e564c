namespace EcosystemSilo.Journal.Postgres;

/// <summary>The facts of the installation.</summary>
internal sealed class PostgresFacts(PostgresQueries queries)
{
    /// <summary>The update changes nothing; it makes the row that was there before come back.</summary>
    public async Task<byte[]> Keep(string name, ReadOnlyMemory<byte> value, CancellationToken cancellation)
    {
        var rows = await queries.All(
            "INSERT INTO facts AS kept (name, value) VALUES ($1, $2) "
                + "ON CONFLICT (name) DO UPDATE SET value = kept.value RETURNING value",
            [name, value.ToArray()],
            row => row.GetFieldValue<byte[]>(0),
            cancellation
        );
        return rows[0];
    }

    /// <summary>They are so few that all are looked at.</summary>
    public Task<List<InstallationFact>> List(string prefix, CancellationToken cancellation) =>
        queries.All(
            "SELECT name, value FROM facts WHERE starts_with(name, $1) ORDER BY name",
            [prefix],
            row => new InstallationFact(row.GetString(0), row.GetFieldValue<byte[]>(1)),
            cancellation
        );
}
