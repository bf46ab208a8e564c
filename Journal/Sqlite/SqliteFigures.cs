namespace EcosystemSilo.Journal.Sqlite;

/// <summary>What is read for operators, as functions of a session.</summary>
internal static class SqliteFigures
{
    /// <summary>Readers come before the end of the journal, so that none seems to be beyond it.</summary>
    public static JournalFigures Of(SqliteSession session, DateTimeOffset now, DateTimeOffset clock)
    {
        var readers = SqliteQueries.All(
            session.Prepare("SELECT reader, checkpoint FROM readers ORDER BY reader"),
            row => new ReaderPlace(row.Text(0), row.Number(1))
        );
        var leases = SqliteQueries.All(
            session.Prepare("SELECT name, holder, until FROM leases ORDER BY name"),
            row => new TakenLease(row.Text(0), row.Text(1), StoredTime.To(row.Number(2)) - clock)
        );
        var due = SqliteQueries.All(
            session
                .Prepare("SELECT due FROM deadlines WHERE due <= ?1 ORDER BY due LIMIT ?2")
                .Bind(1, StoredTime.From(now))
                .Bind(2, JournalLimits.DueCountedMax),
            row => row.Number(0)
        );
        return new JournalFigures(
            SqliteAppender.LastPosition(session),
            readers,
            leases,
            due.Count,
            due is [var oldest, ..] ? StoredTime.To(oldest) : null
        );
    }

    public static List<Deadline> DeadlinesOf(SqliteSession session, string grain) =>
        SqliteQueries.All(
            session
                .Prepare("SELECT grain, name, due FROM deadlines WHERE grain = ?1 ORDER BY due, name LIMIT ?2")
                .Bind(1, grain)
                .Bind(2, JournalLimits.DeadlinesListedMax),
            SqliteQueries.Deadline
        );
}
