namespace EcosystemSilo.Journal.Sqlite;

/// <summary>
/// What processes share out among themselves, as functions of a session in a write transaction. An end twice as
/// far away as it can have been set shows that the clock was put back: it is void. Not one a little further away, which
/// another process may have set a moment ago.
/// </summary>
internal static class SqliteSharing
{
    public static List<Deadline> ClaimDeadlines(
        SqliteSession session,
        DateTimeOffset now,
        int max,
        DateTimeOffset clock
    )
    {
        var until = StoredTime.From(clock + JournalLimits.DeadlineClaim);
        var free = SqliteQueries.All(
            session
                .Prepare(
                    "SELECT grain, name, due FROM deadlines WHERE parked = 0 AND due <= ?1 "
                        + "AND (claimed_until <= ?2 OR claimed_until > ?3) "
                        + "ORDER BY claimed_until, due, grain, name LIMIT ?4"
                )
                .Bind(1, StoredTime.From(now))
                .Bind(2, StoredTime.From(clock))
                .Bind(3, StoredTime.From(clock + (2 * JournalLimits.DeadlineClaim)))
                .Bind(4, max),
            SqliteQueries.Deadline
        );
        foreach (var deadline in free)
        {
            session
                .Prepare("UPDATE deadlines SET claimed_until = ?3 WHERE grain = ?1 AND name = ?2")
                .Bind(1, deadline.Grain)
                .Bind(2, deadline.Name)
                .Bind(3, until)
                .Run();
        }
        return free;
    }

    public static List<string> HoldLeases(
        SqliteSession session,
        string holder,
        IReadOnlyList<string> names,
        TimeSpan lasting,
        DateTimeOffset clock
    )
    {
        var hold = session
            .Prepare(
                "INSERT INTO leases (name, holder, until) VALUES (?1, ?2, ?4) ON CONFLICT (name) DO UPDATE "
                    + "SET holder = excluded.holder, until = excluded.until "
                    + "WHERE holder = excluded.holder OR until <= ?3 OR until > ?5"
            )
            .Bind(2, holder)
            .Bind(3, StoredTime.From(clock))
            .Bind(4, StoredTime.From(clock + lasting))
            .Bind(5, StoredTime.From(clock + (2 * lasting)));
        return [.. names.Where(name => hold.Bind(1, name).Run() == 1)];
    }

    public static void ReleaseLeases(SqliteSession session, string holder) =>
        session.Prepare("DELETE FROM leases WHERE holder = ?1").Bind(1, holder).Run();
}
