namespace EcosystemSilo.Journal.Postgres;

/// <summary>The keys of data subjects.</summary>
internal sealed class PostgresSubjectKeys(PostgresQueries queries)
{
    /// <summary>The update changes nothing; it makes the row that was there before come back.</summary>
    public Task<byte[]?> Keep(string subject, ReadOnlyMemory<byte> key, CancellationToken cancellation) =>
        One(
            "INSERT INTO subject_keys AS kept (subject, key) VALUES ($1, $2) "
                + "ON CONFLICT (subject) DO UPDATE SET key = kept.key RETURNING key",
            [subject, key.ToArray()],
            cancellation
        );

    public Task<byte[]?> Find(string subject, CancellationToken cancellation) =>
        One("SELECT key FROM subject_keys WHERE subject = $1", [subject], cancellation);

    public Task Destroy(string subject, CancellationToken cancellation) =>
        One(
            "INSERT INTO subject_keys (subject, key) VALUES ($1, NULL) "
                + "ON CONFLICT (subject) DO UPDATE SET key = NULL RETURNING key",
            [subject],
            cancellation
        );

    private async Task<byte[]?> One(string sql, object[] parameters, CancellationToken cancellation)
    {
        var rows = await queries.All(sql, parameters, row => row.IsDBNull(0) ? null : (byte[])row[0], cancellation);
        return rows is [var key] ? key : null;
    }
}
