using Npgsql;

namespace EcosystemSilo.Silo.EventHubs;

/// <summary>Where the hub's partitions were read to, in the journal's database.</summary>
/// <param name="hub">Namespace and name, since one journal may outlive several hubs.</param>
internal sealed class HubCheckpoints(string connectionString, string hub, string consumerGroup)
{
    public async Task<HubPosition?> Find(string partition, CancellationToken cancellation)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancellation);
        await using var command = new NpgsqlCommand(
            "SELECT sequence, place FROM event_hub_checkpoints "
                + "WHERE hub = $1 AND consumer_group = $2 AND partition = $3",
            connection
        );
        Name(command, partition);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        return await row.ReadAsync(cancellation) ? new HubPosition(row.GetInt64(0), row.GetString(1)) : null;
    }

    /// <summary>Moves forward only: two processes that read one partition for a while keep the further place.</summary>
    public async Task Save(string partition, HubPosition position, CancellationToken cancellation)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancellation);
        await using var command = new NpgsqlCommand(
            "INSERT INTO event_hub_checkpoints AS known (hub, consumer_group, partition, sequence, place) "
                + "VALUES ($1, $2, $3, $4, $5) ON CONFLICT (hub, consumer_group, partition) DO UPDATE "
                + "SET sequence = excluded.sequence, place = excluded.place, saved_at = now() "
                + "WHERE known.sequence < excluded.sequence",
            connection
        );
        Name(command, partition);
        command.Parameters.Add(new NpgsqlParameter { Value = position.Sequence });
        command.Parameters.Add(new NpgsqlParameter { Value = position.Offset });
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private void Name(NpgsqlCommand command, string partition)
    {
        foreach (var text in new[] { hub, consumerGroup, partition })
        {
            command.Parameters.Add(new NpgsqlParameter { Value = text });
        }
    }
}
