using Npgsql;
using NpgsqlTypes;

namespace EcosystemSilo.LoadTests.Baselines;

/// <summary>
/// What a careful team would write first: one transaction a delivery on a pooled connection with prepared statements,
/// which notes the delivery (and so recognises a repeat), updates the deal's row and adds the event's row. No read
/// models, no reactions, no deadlines.
/// </summary>
internal sealed class CrudPeer(NpgsqlDataSource database)
{
    public const string Schema = """
        CREATE TABLE deals (
            id text PRIMARY KEY,
            partner text NOT NULL,
            amount_minor bigint NOT NULL,
            currency text NOT NULL,
            version bigint NOT NULL,
            updated_at timestamptz NOT NULL
        );
        CREATE TABLE partners (
            id text PRIMARY KEY,
            name text NOT NULL,
            version bigint NOT NULL,
            updated_at timestamptz NOT NULL
        );
        CREATE TABLE deliveries (
            source text NOT NULL,
            id text NOT NULL,
            hash bytea NOT NULL,
            received_at timestamptz NOT NULL,
            PRIMARY KEY (source, id)
        );
        CREATE TABLE deal_events (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            deal text NOT NULL,
            version bigint NOT NULL,
            type text NOT NULL,
            data jsonb NOT NULL,
            delivery text NOT NULL,
            at timestamptz NOT NULL,
            UNIQUE (deal, version)
        );
        """;

    private const string Source = "peer";

    /// <summary>
    /// A common size of pool for two processors; as many as the product may open, and some more.
    /// </summary>
    private const int ConnectionsMax = 32;

    public static async Task Run(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            Enlist = false,
            NoResetOnClose = true,
            MaxAutoPrepare = 32,
            AutoPrepareMinUsages = 2,
            MaxPoolSize = ConnectionsMax,
        };
        await using var database = NpgsqlDataSource.Create(settings);
        var peer = new CrudPeer(database);
        await PeerServer.Run(peer.Take);
    }

    private async ValueTask<string> Take(PeerDelivery delivery, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        if (!await Note(connection, delivery, cancellation))
        {
            return await IsRepeat(connection, delivery, cancellation) ? PeerDelivery.Repeated : PeerDelivery.Reused;
        }

        var changed = delivery.Name is null
            ? await Update(connection, delivery, cancellation)
            : await Add(connection, delivery, delivery.Name, cancellation);
        if (changed is not { } version)
        {
            await transaction.CommitAsync(cancellation);
            return PeerDelivery.DeadLettered;
        }

        await AddEvent(connection, delivery, version, cancellation);
        await transaction.CommitAsync(cancellation);
        return PeerDelivery.Applied;
    }

    private static async Task<bool> Note(NpgsqlConnection connection, PeerDelivery delivery, CancellationToken stop)
    {
        await using var insert = new NpgsqlCommand(
            "INSERT INTO deliveries (source, id, hash, received_at) VALUES ($1, $2, $3, now()) ON CONFLICT DO NOTHING",
            connection
        );
        insert.Parameters.Add(Text(Source));
        insert.Parameters.Add(Text(delivery.Id));
        insert.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = delivery.Hash });
        return await insert.ExecuteNonQueryAsync(stop) == 1;
    }

    private static async Task<bool> IsRepeat(NpgsqlConnection connection, PeerDelivery delivery, CancellationToken stop)
    {
        await using var select = new NpgsqlCommand(
            "SELECT hash = $3 FROM deliveries WHERE source = $1 AND id = $2",
            connection
        );
        select.Parameters.Add(Text(Source));
        select.Parameters.Add(Text(delivery.Id));
        select.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = delivery.Hash });
        return await select.ExecuteScalarAsync(stop) is true;
    }

    /// <returns>Null when there is such a partner.</returns>
    private static async Task<long?> Add(
        NpgsqlConnection connection,
        PeerDelivery delivery,
        string name,
        CancellationToken stop
    )
    {
        await using var insert = new NpgsqlCommand(
            "INSERT INTO partners (id, name, version, updated_at) VALUES ($1, $2, 1, now()) "
                + "ON CONFLICT DO NOTHING RETURNING version",
            connection
        );
        insert.Parameters.Add(Text(delivery.Subject));
        insert.Parameters.Add(Text(name));
        return (long?)await insert.ExecuteScalarAsync(stop);
    }

    private static async Task<long?> Update(NpgsqlConnection connection, PeerDelivery delivery, CancellationToken stop)
    {
        await using var update = new NpgsqlCommand(
            "UPDATE deals SET amount_minor = $2, currency = $3, version = version + 1, updated_at = now() "
                + "WHERE id = $1 RETURNING version",
            connection
        );
        update.Parameters.Add(Text(delivery.Subject));
        update.Parameters.Add(new NpgsqlParameter<long> { TypedValue = delivery.Minor });
        update.Parameters.Add(Text(delivery.Currency));
        return (long?)await update.ExecuteScalarAsync(stop);
    }

    private static async Task AddEvent(
        NpgsqlConnection connection,
        PeerDelivery delivery,
        long version,
        CancellationToken stop
    )
    {
        await using var insert = new NpgsqlCommand(
            "INSERT INTO deal_events (deal, version, type, data, delivery, at) VALUES ($1, $2, $3, $4, $5, now())",
            connection
        );
        insert.Parameters.Add(Text(delivery.Subject));
        insert.Parameters.Add(new NpgsqlParameter<long> { TypedValue = version });
        insert.Parameters.Add(Text(delivery.Type));
        insert.Parameters.Add(
            new NpgsqlParameter<string> { TypedValue = delivery.Data, NpgsqlDbType = NpgsqlDbType.Jsonb }
        );
        insert.Parameters.Add(Text(delivery.Id));
        await insert.ExecuteNonQueryAsync(stop);
    }

    private static NpgsqlParameter<string> Text(string value) => new() { TypedValue = value };
}
