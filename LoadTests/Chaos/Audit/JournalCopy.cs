using System.Data.Common;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace EcosystemSilo.LoadTests.Chaos.Audit;

internal sealed record EventRow(
    long Position,
    string Grain,
    long Version,
    string Name,
    JsonElement Payload,
    string Actor,
    string Command
)
{
    public string Kind => Grain.Split('/')[1];

    public string? Text(string name) => Payload.TryGetProperty(name, out var value) ? value.GetString() : null;

    /// <summary>What tells this event from its namesakes in its grain: an item, or a phase that is entered.</summary>
    public string? Item => Text("item") ?? (Name == "lifecycle.phase-entered" && Version > 2 ? Text("phase") : null);
}

internal sealed record InboxRow(string Scope, string Id, string Grain, long Version, long Position);

/// <summary>A journal's tables as they stand at one moment, read by SQL with none of the product's code.</summary>
internal sealed record JournalCopy(
    IReadOnlyList<EventRow> Events,
    IReadOnlyList<InboxRow> Inbox,
    IReadOnlyDictionary<(string Grain, string Name), long> Deadlines,
    long LastPosition
)
{
    public static async Task<JournalCopy> Read(DbConnection journal)
    {
        // One state of all tables, because the gateway may be writing. The transaction ends with the connection.
        await using var command = journal.CreateCommand();
        command.CommandText = journal is SqliteConnection ? "BEGIN" : "BEGIN ISOLATION LEVEL REPEATABLE READ";
        await command.ExecuteNonQueryAsync();
        var events = await All(
            command,
            "SELECT position, grain, version, name, payload, actor, command FROM events ORDER BY position",
            row => new EventRow(
                row.GetInt64(0),
                row.GetString(1),
                row.GetInt64(2),
                row.GetString(3),
                JsonElement.Parse((byte[])row[4]),
                row.GetString(5),
                row.GetString(6)
            )
        );
        var inbox = await All(
            command,
            "SELECT scope, id, grain, version, position FROM inbox",
            row => new InboxRow(row.GetString(0), row.GetString(1), row.GetString(2), row.GetInt64(3), row.GetInt64(4))
        );
        var deadlines = await All(
            command,
            "SELECT grain, name, due FROM deadlines",
            row => ((row.GetString(0), row.GetString(1)), row.GetInt64(2))
        );
        var last = await All(command, "SELECT position FROM last_position", row => row.GetInt64(0));
        return new JournalCopy(events, inbox, deadlines.ToDictionary(row => row.Item1, row => row.Item2), last[0]);
    }

    private static async Task<List<T>> All<T>(DbCommand command, string sql, Func<DbDataReader, T> read)
    {
        command.CommandText = sql;
        await using var rows = await command.ExecuteReaderAsync();
        var all = new List<T>();
        while (await rows.ReadAsync())
        {
            all.Add(read(rows));
        }

        return all;
    }
}
