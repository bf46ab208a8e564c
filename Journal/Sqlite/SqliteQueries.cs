namespace EcosystemSilo.Journal.Sqlite;

/// <summary>Everything that is read, as functions of a session.</summary>
internal static class SqliteQueries
{
    private const string EventColumns =
        "SELECT position, grain, version, name, shape, payload, at, correlation, actor, command FROM events ";

    public static List<RecordedEvent> GrainEvents(SqliteSession session, string grain, long afterVersion, int max) =>
        Events(
            session
                .Prepare(EventColumns + "WHERE grain = ?1 AND version > ?2 ORDER BY version LIMIT ?3")
                .Bind(1, grain)
                .Bind(2, afterVersion)
                .Bind(3, max)
        );

    public static List<RecordedEvent> AllEvents(SqliteSession session, long afterPosition, int max) =>
        Events(
            session
                .Prepare(EventColumns + "WHERE position > ?1 ORDER BY position LIMIT ?2")
                .Bind(1, afterPosition)
                .Bind(2, max),
            JournalLimits.PageBytesMax
        );

    public static GrainHistory History(SqliteSession session, string grain)
    {
        var snapshot = First(
            session.Prepare("SELECT version, shape, state FROM snapshots WHERE grain = ?1").Bind(1, grain),
            row => new Snapshot(grain, row.Number(0), (int)row.Number(1), row.Bytes(2))
        );
        return new GrainHistory(snapshot, GrainEvents(session, grain, snapshot?.Version ?? 0, int.MaxValue));
    }

    /// <summary>One view of the journal; the first history always fits.</summary>
    public static IReadOnlyList<GrainHistory?> Histories(SqliteSession session, IReadOnlyList<string> grains)
    {
        var histories = new GrainHistory?[grains.Count];
        var bytes = 0L;
        session.InReadTransaction(() =>
        {
            for (var i = 0; i < grains.Count && bytes <= JournalLimits.PageBytesMax; i++)
            {
                var history = History(session, grains[i]);
                bytes += history.PayloadBytes;
                histories[i] = i == 0 || bytes <= JournalLimits.PageBytesMax ? history : null;
            }
        });
        return histories;
    }

    public static InboxEntry? Command(SqliteSession session, string scope, string id) =>
        First(
            session
                .Prepare("SELECT grain, version, hash FROM inbox WHERE scope = ?1 AND id = ?2")
                .Bind(1, scope)
                .Bind(2, id),
            row => new InboxEntry(row.Text(0), row.Number(1), row.Bytes(2))
        );

    public static List<Deadline> DueDeadlines(SqliteSession session, DateTimeOffset now, int max) =>
        All(
            session
                .Prepare("SELECT grain, name, due FROM deadlines WHERE due <= ?1 ORDER BY due, grain, name LIMIT ?2")
                .Bind(1, StoredTime.From(now))
                .Bind(2, max),
            Deadline
        );

    public static Deadline Deadline(SqliteStatement row) => new(row.Text(0), row.Text(1), StoredTime.To(row.Number(2)));

    public static long Checkpoint(SqliteSession session, string reader)
    {
        var statement = session.Prepare("SELECT checkpoint FROM readers WHERE reader = ?1").Bind(1, reader);
        try
        {
            return statement.Step() ? statement.Number(0) : 0;
        }
        finally
        {
            statement.Reset();
        }
    }

    public static SqliteStatement Rows(SqliteSession session, string reader) =>
        session.Prepare("SELECT key, value FROM reader_rows WHERE reader = ?1").Bind(1, reader);

    public static List<ReaderRow> Rows(SqliteSession session, string reader, KeyRange range) =>
        All(
            session
                .Prepare("SELECT key, value FROM reader_rows WHERE reader = ?1 AND key >= ?2 AND key < ?3")
                .Bind(1, reader)
                .Bind(2, range.From)
                .Bind(3, range.Before),
            row => new ReaderRow(row.Text(0), row.Bytes(1))
        );

    private static List<RecordedEvent> Events(SqliteStatement statement, int bytesMax = int.MaxValue)
    {
        var bytes = 0L;
        return All(
            statement,
            row => new RecordedEvent(
                row.Number(0),
                row.Text(1),
                row.Number(2),
                row.Text(3),
                (int)row.Number(4),
                row.Bytes(5),
                StoredTime.To(row.Number(6)),
                row.Text(7),
                row.Text(8),
                row.Text(9)
            ),
            happened => (bytes += happened.Payload.Length) >= bytesMax
        );
    }

    public static T? First<T>(SqliteStatement statement, Func<SqliteStatement, T> read)
        where T : class
    {
        try
        {
            return statement.Step() ? read(statement) : null;
        }
        finally
        {
            statement.Reset();
        }
    }

    /// <param name="isEnough">Whether a row is the last that is wanted; null for all of them.</param>
    public static List<T> All<T>(
        SqliteStatement statement,
        Func<SqliteStatement, T> read,
        Func<T, bool>? isEnough = null
    )
    {
        try
        {
            var rows = new List<T>();
            while (statement.Step())
            {
                rows.Add(read(statement));
                if (isEnough?.Invoke(rows[^1]) == true)
                {
                    break;
                }
            }
            return rows;
        }
        finally
        {
            statement.Reset();
        }
    }
}
