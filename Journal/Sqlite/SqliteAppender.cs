namespace EcosystemSilo.Journal.Sqlite;

/// <summary>
/// Decides and writes one batch of appends inside the writer's transaction. Whatever it remembers (the last position,
/// versions of grains) it read in this transaction, so that any number of processes may share the file.
/// </summary>
internal sealed class SqliteAppender(SqliteSession session)
{
    private readonly SqliteStatement findCommand = session.Prepare(
        "SELECT hash, grain, version, position, at FROM inbox WHERE scope = ?1 AND id = ?2"
    );
    private readonly SqliteStatement insertCommand = session.Prepare(
        "INSERT INTO inbox (scope, id, hash, grain, version, position, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) "
            + "ON CONFLICT DO NOTHING"
    );
    private readonly SqliteStatement findVersion = session.Prepare(
        "SELECT version FROM events WHERE grain = ?1 ORDER BY version DESC LIMIT 1"
    );
    private readonly SqliteStatement insertEvent = session.Prepare(
        "INSERT INTO events (position, grain, version, name, shape, payload, at, correlation, actor, command) "
            + "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"
    );
    private readonly SqliteStatement setDeadline = session.Prepare(
        "INSERT INTO deadlines (grain, name, due, parked) "
            + "VALUES (?1, ?2, ?3, EXISTS (SELECT 1 FROM parked_grains WHERE grain = ?1)) ON CONFLICT (grain, name) "
            + "DO UPDATE SET due = excluded.due, claimed_until = 0, parked = excluded.parked"
    );
    private readonly SqliteStatement cancelDeadline = session.Prepare(
        "DELETE FROM deadlines WHERE grain = ?1 AND name = ?2"
    );
    private readonly SqliteStatement cancelDeadlineDue = session.Prepare(
        "DELETE FROM deadlines WHERE grain = ?1 AND name = ?2 AND due = ?3"
    );
    private readonly SqliteStatement parkGrain = session.Prepare(
        "INSERT INTO parked_grains (grain) VALUES (?1) ON CONFLICT DO NOTHING"
    );
    private readonly SqliteStatement releaseGrain = session.Prepare("DELETE FROM parked_grains WHERE grain = ?1");
    private readonly SqliteStatement parkDeadlines = session.Prepare(
        "UPDATE deadlines SET parked = ?2, claimed_until = 0 WHERE grain = ?1"
    );
    private readonly Dictionary<string, long> versions = new(StringComparer.Ordinal);
    private readonly HashSet<AppendChain> brokenChains = [];
    private long position;

    public bool WritesTo(SqliteSession other) => ReferenceEquals(session, other);

    /// <summary>Fills in a verdict for each append; false when nothing was written.</summary>
    public bool Append(IReadOnlyList<Append> batch, Verdict[] verdicts)
    {
        versions.Clear();
        brokenChains.Clear();
        position = LastPosition(session);
        var wrote = false;
        for (var i = 0; i < batch.Count; i++)
        {
            verdicts[i] = Append(batch[i]);
            wrote |= verdicts[i].Result.Outcome is AppendOutcome.Committed;
        }
        if (wrote)
        {
            session.Prepare("UPDATE last_position SET position = ?1").Bind(1, position).Run();
        }
        return wrote;
    }

    public static long LastPosition(SqliteSession session)
    {
        var statement = session.Prepare("SELECT position FROM last_position");
        try
        {
            statement.Step();
            return statement.Number(0);
        }
        finally
        {
            statement.Reset();
        }
    }

    private Verdict Append(Append append)
    {
        var version = VersionOf(append.Grain);
        var fits = version == append.ExpectedVersion && (append.Chain is null || !brokenChains.Contains(append.Chain));
        if (!fits || !TryInsertCommand(append))
        {
            var refusal = FindRepeat(append) ?? Conflict(append.Grain, version);
            if (append.Chain is not null)
            {
                brokenChains.Add(append.Chain);
            }
            return refusal;
        }
        InsertEvents(append);
        ChangeDeadlines(append);
        versions[append.Grain] = version + append.Events.Count;
        return Answer(AppendOutcome.Committed, append.Grain, version + append.Events.Count, position);
    }

    private long VersionOf(string grain)
    {
        if (!versions.TryGetValue(grain, out var version))
        {
            version = findVersion.Bind(1, grain).Step() ? findVersion.Number(0) : 0;
            findVersion.Reset();
            versions.Add(grain, version);
        }
        return version;
    }

    private bool TryInsertCommand(Append append) =>
        insertCommand
            .Bind(1, append.Command.Scope)
            .Bind(2, append.Command.Id)
            .Bind(3, append.Command.Hash)
            .Bind(4, append.Grain)
            .Bind(5, append.ExpectedVersion + append.Events.Count)
            .Bind(6, position + append.Events.Count)
            .Bind(7, StoredTime.From(append.At))
            .Run() == 1;

    private Verdict? FindRepeat(Append append)
    {
        findCommand.Bind(1, append.Command.Scope).Bind(2, append.Command.Id);
        try
        {
            if (!findCommand.Step())
            {
                return null;
            }
            var isSame = findCommand.BytesEqual(0, append.Command.Hash);
            var outcome = isSame ? AppendOutcome.Repeated : AppendOutcome.IdReused;
            var result = new AppendResult(outcome, findCommand.Text(1), findCommand.Number(2), findCommand.Number(3));
            return new Verdict(result, findCommand.Number(4));
        }
        finally
        {
            findCommand.Reset();
        }
    }

    private void InsertEvents(Append append)
    {
        insertEvent
            .Bind(2, append.Grain)
            .Bind(7, StoredTime.From(append.At))
            .Bind(8, append.Correlation)
            .Bind(9, append.Actor)
            .Bind(10, append.Command.Id);
        for (var i = 0; i < append.Events.Count; i++)
        {
            var happened = append.Events[i];
            insertEvent
                .Bind(1, ++position)
                .Bind(3, append.ExpectedVersion + i + 1)
                .Bind(4, happened.Name)
                .Bind(5, happened.Shape)
                .Bind(6, happened.Payload)
                .Run();
        }
    }

    private void ChangeDeadlines(Append append)
    {
        if (append.ParksDeadlines is { } parks)
        {
            (parks ? parkGrain : releaseGrain).Bind(1, append.Grain).Run();
            parkDeadlines.Bind(1, append.Grain).Bind(2, parks ? 1 : 0).Run();
        }
        for (var i = 0; i < append.Deadlines.Count; i++)
        {
            var change = append.Deadlines[i];
            if (change.Due is { } due)
            {
                setDeadline.Bind(1, append.Grain).Bind(2, change.Name).Bind(3, StoredTime.From(due)).Run();
            }
            else if (change.Was is { } was)
            {
                cancelDeadlineDue.Bind(1, append.Grain).Bind(2, change.Name).Bind(3, StoredTime.From(was)).Run();
            }
            else
            {
                cancelDeadline.Bind(1, append.Grain).Bind(2, change.Name).Run();
            }
        }
    }

    private Verdict Conflict(string grain, long version) =>
        Answer(AppendOutcome.VersionConflict, grain, version, position);

    private static Verdict Answer(AppendOutcome outcome, string grain, long version, long position) =>
        new(new AppendResult(outcome, grain, version, position), DecidedAt: 0);
}
