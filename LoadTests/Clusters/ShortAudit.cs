using Npgsql;

namespace EcosystemSilo.LoadTests.Clusters;

/// <summary>
/// Judges a journal by SQL and by what callers were told, with none of the product's code: for runs that measure, and
/// must not have broken anything meanwhile.
/// </summary>
/// <param name="Lost">Acknowledged, and not in the journal at the version that was answered.</param>
/// <param name="Doubled">Commands with more than the one event they ask for.</param>
/// <param name="Gaps">Grains whose versions, and journals whose positions, are not 1 to n.</param>
internal sealed record ShortAudit(int Lost, int Doubled, int Gaps)
{
    public bool IsClean => (Lost, Doubled, Gaps) is (0, 0, 0);

    public override string ToString() => $"lost {Lost}, doubled {Doubled}, gaps {Gaps}";

    public static async Task<ShortAudit> Of(string connectionString, IReadOnlyDictionary<string, long> acknowledged)
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false;Command Timeout=600");
        await connection.OpenAsync();
        var kept = new Dictionary<string, long>(StringComparer.Ordinal);
        await using (var inbox = new NpgsqlCommand(Commands, connection))
        await using (var rows = await inbox.ExecuteReaderAsync())
        {
            while (await rows.ReadAsync())
            {
                kept[rows.GetString(0)] = rows.GetInt64(1);
            }
        }

        return new ShortAudit(
            acknowledged.Count(one => kept.GetValueOrDefault(one.Key) != one.Value),
            await Count(connection, Doubles),
            await Count(connection, GrainGaps) + await Count(connection, PositionGaps)
        );
    }

    private const string Commands = "SELECT id, version FROM inbox WHERE scope = 'acme/caller/key:bootstrap'";

    private const string Doubles =
        "SELECT count(*) FROM (SELECT 1 FROM events WHERE name = 'source.mapping-changed' "
        + "GROUP BY grain, command HAVING count(*) > 1) AS doubled";

    private const string GrainGaps =
        "SELECT count(*) FROM (SELECT 1 FROM events GROUP BY grain HAVING count(*) <> max(version)) AS gaps";

    private const string PositionGaps =
        "SELECT CASE WHEN count(*) = coalesce(max(position), 0) THEN 0 ELSE 1 END FROM events";

    private static async Task<int> Count(NpgsqlConnection connection, string query)
    {
        await using var command = new NpgsqlCommand(query, connection);
        return Convert.ToInt32(await command.ExecuteScalarAsync());
    }
}
