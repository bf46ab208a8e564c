using EcosystemSilo.LoadTests.Scenarios;
using Npgsql;
using NpgsqlTypes;

namespace EcosystemSilo.LoadTests.Baselines;

/// <summary>
/// The same samples as plain rows: binary COPY, a delivery at a time, into a table with the same key. It checks
/// nothing, keeps no consent, and a sample that comes twice would fail it.
/// </summary>
internal sealed class CopyPeer(NpgsqlDataSource database)
{
    public const string Schema =
        "CREATE TABLE samples (person text NOT NULL, source text NOT NULL, measure smallint NOT NULL, "
        + "start timestamptz NOT NULL, until timestamptz, value double precision NOT NULL, unit smallint NOT NULL, "
        + "version bigint NOT NULL, PRIMARY KEY (person, source, measure, start))";

    /// <summary>Rows stored a second, by so many connections at once, each with its own deliveries.</summary>
    /// <param name="first">The number of the first delivery; none may be sent twice.</param>
    /// <returns>Rows a second, and how many deliveries were stored.</returns>
    public async Task<(double PerSecond, int Deliveries)> Fill(int connections, TimeSpan time, int first, int people)
    {
        var next = first - 1;
        var since = TimeProvider.System.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(FillAlone)));
        var elapsed = TimeProvider.System.GetElapsedTime(since);
        var deliveries = next + 1 - first;
        return (deliveries * (double)StreamTraffic.SamplesOfADay / elapsed.TotalSeconds, deliveries);

        async Task FillAlone()
        {
            await using var connection = await database.OpenConnectionAsync();
            while (TimeProvider.System.GetElapsedTime(since) < time)
            {
                await Store(connection, Interlocked.Increment(ref next), people);
            }
        }
    }

    private static async Task Store(NpgsqlConnection connection, int number, int people)
    {
        await using var copy = await connection.BeginBinaryImportAsync(
            "COPY samples (person, source, measure, start, until, value, unit, version) FROM STDIN (FORMAT BINARY)"
        );
        foreach (var (measure, start, end, value) in StreamTraffic.Rows(number / people))
        {
            await copy.StartRowAsync();
            await copy.WriteAsync(StreamTraffic.Person(number % people), NpgsqlDbType.Text);
            await copy.WriteAsync("telephone", NpgsqlDbType.Text);
            await copy.WriteAsync(measure, NpgsqlDbType.Smallint);
            await copy.WriteAsync(start, NpgsqlDbType.TimestampTz);
            await (end is { } until ? copy.WriteAsync(until, NpgsqlDbType.TimestampTz) : copy.WriteNullAsync());
            await copy.WriteAsync(value, NpgsqlDbType.Double);
            await copy.WriteAsync((short)1, NpgsqlDbType.Smallint);
            await copy.WriteAsync(0L, NpgsqlDbType.Bigint);
        }

        await copy.CompleteAsync();
    }
}
