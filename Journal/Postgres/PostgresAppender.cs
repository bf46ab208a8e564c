using Npgsql;

namespace EcosystemSilo.Journal.Postgres;

/// <summary>Sends a batch as one call on a connection of its own, which is replaced after any fault.</summary>
internal sealed class PostgresAppender(NpgsqlDataSource source) : IAsyncDisposable
{
    private readonly PostgresBatch batch = new();
    private NpgsqlConnection? connection;
    private NpgsqlCommand? command;

    public async Task<Verdict[]> Append(IReadOnlyList<Append> appends, CancellationToken cancellation)
    {
        try
        {
            command ??= await Connect(cancellation);
            batch.Fill(appends);
            await using var answer = await command.ExecuteReaderAsync(cancellation);
            await answer.ReadAsync(cancellation);
            return Verdicts(appends, answer);
        }
        catch (Exception fault)
        {
            await Disconnect();
            if (PostgresFaults.IsStoreFault(fault) || fault is JournalMisconfiguredException)
            {
                throw PostgresFaults.Unavailable(fault);
            }
            throw;
        }
    }

    public ValueTask DisposeAsync() => Disconnect();

    private async Task<NpgsqlCommand> Connect(CancellationToken cancellation)
    {
        connection = await source.OpenConnectionAsync(cancellation);
        // A server that was restarted may have come back with other settings.
        await PostgresSettings.RefuseWeakSettings(connection, cancellation);
        var call = new NpgsqlCommand(PostgresBatch.Call, connection) { CommandTimeout = 0 };
        batch.AddParametersTo(call);
        await call.PrepareAsync(cancellation);
        return call;
    }

    private async ValueTask Disconnect()
    {
        var (oldCommand, oldConnection) = (command, connection);
        (command, connection) = (null, null);
        if (oldCommand is not null)
        {
            await oldCommand.DisposeAsync();
        }
        if (oldConnection is not null)
        {
            await oldConnection.DisposeAsync();
        }
    }

    private static Verdict[] Verdicts(IReadOnlyList<Append> appends, NpgsqlDataReader answer)
    {
        var verdicts = new Verdict[appends.Count];
        var isSingle = new bool[appends.Count];
        if (!answer.IsDBNull(1))
        {
            var places = answer.GetFieldValue<int[]>(1);
            var outcomes = answer.GetFieldValue<int[]>(2);
            var grains = answer.GetFieldValue<string[]>(3);
            var versions = answer.GetFieldValue<long[]>(4);
            var positions = answer.GetFieldValue<long[]>(5);
            var ats = answer.GetFieldValue<long[]>(6);
            for (var i = 0; i < places.Length; i++)
            {
                var result = new AppendResult((AppendOutcome)outcomes[i], grains[i], versions[i], positions[i]);
                verdicts[places[i] - 1] = new Verdict(result, ats[i]);
                isSingle[places[i] - 1] = true;
            }
        }
        var position = answer.GetInt64(0) - 1;
        for (var i = 0; i < appends.Count; i++)
        {
            if (!isSingle[i])
            {
                var (append, count) = (appends[i], appends[i].Events.Count);
                position += count;
                var version = append.ExpectedVersion + count;
                var result = new AppendResult(AppendOutcome.Committed, append.Grain, version, position);
                verdicts[i] = new Verdict(result, DecidedAt: 0);
            }
        }
        return verdicts;
    }
}
