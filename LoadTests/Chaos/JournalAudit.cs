using System.Data.Common;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace EcosystemSilo.LoadTests.Chaos;

/// <summary>
/// What is in a journal's tables, read by SQL and judged with none of the product's code: versions and positions run
/// without gap, and every webhook that was taken is there with its effect, once.
/// </summary>
internal sealed class JournalAudit
{
    private const int ViolationsShown = 20;

    private readonly List<Row> _events = [];
    private readonly List<InboxRow> _inbox = [];
    private readonly List<string> _violations = [];
    private long _lastPosition;

    private JournalAudit() { }

    public int EventCount => _events.Count;

    /// <summary>Acknowledged webhooks that are not in the journal.</summary>
    public int Lost { get; private set; }

    /// <summary>Webhooks whose effect is there more than once.</summary>
    public int Doubled { get; private set; }

    public IReadOnlyList<string> Violations => [.. _violations.Take(ViolationsShown)];

    /// <param name="acknowledged">Everything that was answered with 2xx.</param>
    /// <param name="sent">Everything that was sent; nothing else may have had an effect.</param>
    public static async Task<JournalAudit> Of(
        DbConnection journal,
        string sourceId,
        IEnumerable<Webhook> acknowledged,
        IEnumerable<Webhook> sent
    )
    {
        var audit = new JournalAudit();
        await audit.ReadAll(journal);
        audit.CheckPositions();
        audit.CheckVersions();
        audit.CheckAcknowledged($"acme/source/{sourceId}", acknowledged);
        audit.CheckEffects([.. sent]);
        audit.CheckAccounts();
        return audit;
    }

    private async Task ReadAll(DbConnection journal)
    {
        // One state of all tables, because the gateway may be writing. The transaction ends with the connection.
        await using var command = journal.CreateCommand();
        command.CommandText = journal is SqliteConnection ? "BEGIN" : "BEGIN ISOLATION LEVEL REPEATABLE READ";
        await command.ExecuteNonQueryAsync();
        command.CommandText = "SELECT position, grain, version, name, payload, command FROM events ORDER BY position";
        await using (var reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                var payload = JsonElement.Parse((byte[])reader[4]);
                var (grain, name, cause) = (reader.GetString(1), reader.GetString(3), reader.GetString(5));
                _events.Add(new Row(reader.GetInt64(0), grain, reader.GetInt64(2), name, payload, cause));
            }
        }

        command.CommandText = "SELECT scope, id, grain, version, position FROM inbox";
        await using (var reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                var (scope, id, grain) = (reader.GetString(0), reader.GetString(1), reader.GetString(2));
                _inbox.Add(new InboxRow(scope, id, grain, reader.GetInt64(3), reader.GetInt64(4)));
            }
        }

        command.CommandText = "SELECT position FROM last_position";
        _lastPosition = Convert.ToInt64(await command.ExecuteScalarAsync());
    }

    private void CheckPositions()
    {
        foreach (var (index, row) in _events.Index().Where(pair => pair.Item.Position != pair.Index + 1).Take(1))
        {
            Report($"positions have a gap: {row.Position} follows {index}");
        }

        if (_lastPosition != _events.Count)
        {
            Report($"the last position is {_lastPosition}, but there are {_events.Count} events");
        }
    }

    private void CheckVersions()
    {
        foreach (var grain in _events.GroupBy(row => row.Grain))
        {
            var versions = grain.Select(row => row.Version).ToList();
            if (!versions.SequenceEqual(Enumerable.Range(1, versions.Count).Select(version => (long)version)))
            {
                Report($"{grain.Key} has the versions {string.Join(' ', versions)}");
            }
        }
    }

    private void CheckAcknowledged(string scope, IEnumerable<Webhook> acknowledged)
    {
        var inbox = _inbox.Where(row => row.Scope == scope).ToLookup(row => row.Id);
        var events = _events.ToLookup(row => (row.Grain, row.Version));
        foreach (var webhook in acknowledged)
        {
            var entries = inbox[webhook.Id].ToList();
            if (entries is not [var entry])
            {
                Lost += entries.Count == 0 ? 1 : 0;
                Report($"{webhook.Id} was acknowledged and is in the inbox {entries.Count} times");
            }
            else if (entry.Grain != webhook.Grain)
            {
                Report($"{webhook.Id} is in the inbox for {entry.Grain}, not {webhook.Grain}");
            }
            else if (
                events[(entry.Grain, entry.Version)].ToList() is not [var last]
                || last.Command != webhook.Id
                || last.Position != entry.Position
            )
            {
                Report($"{webhook.Id} is in the inbox at a version that another command made");
            }
        }

        foreach (var twice in inbox.Where(entries => entries.Count() > 1))
        {
            Report($"{twice.Key} is in the inbox {twice.Count()} times");
        }
    }

    /// <summary>Every webhook in the inbox has had its effect once, and nothing else has had one.</summary>
    private void CheckEffects(IReadOnlyList<Webhook> sent)
    {
        var taken = _inbox.Select(row => row.Id).ToHashSet(StringComparer.Ordinal);
        var effects = _events.ToLookup(row => (row.Grain, row.Name, Text(row.Payload, "item")));
        foreach (var webhook in sent)
        {
            var count = effects[(webhook.Grain, webhook.Event, webhook.Item)].Count();
            Doubled += count > 1 ? 1 : 0;
            if (count != (taken.Contains(webhook.Id) ? 1 : 0))
            {
                Report($"{webhook.Id} has had its effect {count} times");
            }
        }

        var expected = sent.Select(webhook => webhook.Grain).ToHashSet(StringComparer.Ordinal);
        foreach (var stray in _events.Where(row => Kind(row) is "partner" or "deal" && !expected.Contains(row.Grain)))
        {
            Report($"{stray.Grain} was never asked for");
        }

        foreach (var dead in _events.Where(row => Kind(row) is "delivery"))
        {
            Report($"{dead.Grain} was kept aside: {dead.Payload}");
        }
    }

    /// <summary>
    /// Every registered deal has claimed its account once and knows the answer; one deal each is protected.
    /// </summary>
    private void CheckAccounts()
    {
        var claims = _events.Where(row => row.Name is "account.protected" or "account.claim-queued").ToList();
        var perDeal = claims.ToLookup(row => Text(row.Payload, "deal"));
        var answers = _events.Where(row => row.Name is "deal.protected" or "deal.queued").ToLookup(row => row.Grain);
        foreach (var deal in _events.Where(row => row.Name is "deal.registered"))
        {
            var id = deal.Grain["acme/deal/".Length..];
            if (perDeal[id].Count() != 1 || answers[deal.Grain].Count() != 1)
            {
                Report($"{id} has {perDeal[id].Count()} claims and {answers[deal.Grain].Count()} answers");
            }
        }

        foreach (var account in claims.GroupBy(row => row.Grain))
        {
            var holders = account.Count(row => row.Name is "account.protected");
            if (holders != 1)
            {
                Report($"{account.Key} protects {holders} deals");
            }
        }
    }

    private void Report(string violation) => _violations.Add(violation);

    private static string Kind(Row row) => row.Grain.Split('/')[1];

    private static string? Text(JsonElement payload, string name) =>
        payload.TryGetProperty(name, out var value) ? value.GetString() : null;

    private sealed record Row(
        long Position,
        string Grain,
        long Version,
        string Name,
        JsonElement Payload,
        string Command
    );

    private sealed record InboxRow(string Scope, string Id, string Grain, long Version, long Position);
}
