using Npgsql;
using NpgsqlTypes;

namespace EcosystemSilo.Journal.Postgres;

/// <summary>
/// Saves snapshots one statement after another, and whatever comes meanwhile goes into the next one: grains under the
/// same load reach theirs at the same moment, and a transaction for each would hold up the appends.
/// </summary>
internal sealed class PostgresSnapshots(NpgsqlDataSource source)
{
    private readonly Lock gate = new();
    private Dictionary<string, Snapshot> waiting = new(StringComparer.Ordinal);
    private Task saved = Task.CompletedTask;

    public Task Save(Snapshot snapshot, CancellationToken cancellation)
    {
        lock (gate)
        {
            if (waiting.Count == 0)
            {
                var before = saved;
                saved = Scheduling.Loop(() => SaveAfter(before));
            }
            else if (waiting.Count >= JournalLimits.SnapshotsWaitingMax)
            {
                throw new JournalUnavailableException("Too many snapshots are waiting.");
            }
            // One statement cannot write a row twice.
            if (!waiting.TryGetValue(snapshot.Grain, out var other) || other.Version <= snapshot.Version)
            {
                waiting[snapshot.Grain] = snapshot;
            }
            return saved.WaitAsync(cancellation);
        }
    }

    private async Task SaveAfter(Task before)
    {
        // Those who came before hear of their faults themselves.
        await before.ConfigureAwait(Scheduling.Quietly);
        Snapshot[] batch;
        lock (gate)
        {
            batch = [.. waiting.Values];
            waiting = new(StringComparer.Ordinal);
        }
        await PostgresQueries.Translate(() => SaveAll(batch));
    }

    private async Task<int> SaveAll(Snapshot[] batch)
    {
        // Rows are locked in the order of their grains, so that processes that save the same ones cannot deadlock.
        await using var command = source.CreateCommand(
            "INSERT INTO snapshots (grain, version, shape, state) "
                + "SELECT * FROM unnest($1, $2, $3, $4) AS s (grain, version, shape, state) ORDER BY s.grain COLLATE \"C\" "
                + "ON CONFLICT (grain) DO UPDATE SET version = excluded.version, shape = excluded.shape, "
                + "state = excluded.state WHERE excluded.version >= snapshots.version"
        );
        Add(NpgsqlDbType.Text, snapshot => snapshot.Grain);
        Add(NpgsqlDbType.Bigint, snapshot => snapshot.Version);
        Add(NpgsqlDbType.Integer, snapshot => snapshot.Shape);
        Add(NpgsqlDbType.Bytea, snapshot => snapshot.State.ToArray());
        return await command.ExecuteNonQueryAsync();

        void Add<T>(NpgsqlDbType element, Converter<Snapshot, T> column) =>
            command.Parameters.Add(
                new NpgsqlParameter<T[]>
                {
                    TypedValue = Array.ConvertAll(batch, column),
                    NpgsqlDbType = NpgsqlDbType.Array | element,
                }
            );
    }
}
