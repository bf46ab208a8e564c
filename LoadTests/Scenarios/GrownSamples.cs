using Npgsql;

namespace EcosystemSilo.LoadTests.Scenarios;

/// <summary>
/// Makes the table of samples as large as that of many more people, by copies of its rows under other people's names.
/// Nobody asks for the copies, which could not be opened; what they cost is a larger table and index for whoever looks
/// for a row of somebody real.
/// </summary>
internal static class GrownSamples
{
    private const string Copy =
        "INSERT INTO reader_rows (reader, key, value) "
        + "SELECT reader, regexp_replace(key, '/person-', '/copy-' || n || '-'), value "
        + "FROM reader_rows, generate_series(1, $1) AS n WHERE reader LIKE 'personal-samples-%'";

    /// <returns>How many samples the rows would hold.</returns>
    public static async Task<long> GrowTo(NpgsqlDataSource store, long samples, long stored)
    {
        var copies = (int)((samples + stored - 1) / stored) - 1;
        await using var insert = store.CreateCommand(Copy);
        insert.Parameters.Add(new NpgsqlParameter<int> { TypedValue = copies });
        insert.CommandTimeout = (int)TimeSpan.FromMinutes(5).TotalSeconds;
        await insert.ExecuteNonQueryAsync();
        await using var settle = store.CreateCommand("VACUUM ANALYZE reader_rows");
        settle.CommandTimeout = (int)TimeSpan.FromMinutes(5).TotalSeconds;
        await settle.ExecuteNonQueryAsync();
        return stored * (copies + 1);
    }
}
