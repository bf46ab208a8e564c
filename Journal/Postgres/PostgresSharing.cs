namespace EcosystemSilo.Journal.Postgres;

/// <summary>
/// What processes share out among themselves, each in one statement and by the server's clock. An end twice as far away
/// as it can have been set shows that this clock was put back: it is void. Not one a little further away, which another
/// process may have set a moment ago.
/// </summary>
internal sealed class PostgresSharing(PostgresQueries queries)
{
    /// <summary>Rows that another claim or an append has just locked are passed over, not waited for.</summary>
    public Task<List<Deadline>> ClaimDeadlines(DateTimeOffset now, int max, CancellationToken cancellation) =>
        queries.All(
            "WITH clock AS MATERIALIZED (SELECT clock_microseconds() AS now), "
                + "free AS (SELECT d.grain, d.name, d.claimed_until AS tried FROM deadlines d, clock "
                + "WHERE NOT d.parked AND d.due <= $1 AND (d.claimed_until <= clock.now OR d.claimed_until > clock.now + 2 * $3) "
                + "ORDER BY d.claimed_until, d.due LIMIT $2 FOR UPDATE OF d SKIP LOCKED), "
                + "claimed AS (UPDATE deadlines d SET claimed_until = clock.now + $3 FROM free, clock "
                + "WHERE d.grain = free.grain AND d.name = free.name RETURNING d.grain, d.name, d.due, free.tried) "
                + "SELECT grain, name, due FROM claimed ORDER BY tried, due, grain, name",
            [StoredTime.From(now), (long)max, Microseconds(JournalLimits.DeadlineClaim)],
            PostgresQueries.Deadline,
            cancellation
        );

    /// <summary>Looks before it writes, so that a lease in firm hands costs those who wait for it no write.</summary>
    public Task<List<string>> HoldLeases(
        string holder,
        IReadOnlyList<string> names,
        TimeSpan lasting,
        CancellationToken cancellation
    ) =>
        queries.All(
            "WITH clock AS MATERIALIZED (SELECT clock_microseconds() AS now) "
                + "INSERT INTO leases (name, holder, until) SELECT n.name, $1, clock.now + $3 "
                + "FROM unnest($2) AS n (name), clock WHERE NOT EXISTS (SELECT FROM leases l WHERE l.name = n.name "
                + "AND l.holder <> $1 AND l.until > clock.now AND l.until <= clock.now + 2 * $3) ORDER BY n.name "
                + "ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until "
                + "WHERE leases.holder = excluded.holder OR leases.until <= excluded.until - $3 "
                + "OR leases.until > excluded.until + $3 RETURNING name",
            [holder, names.ToArray(), Microseconds(lasting)],
            row => row.GetString(0),
            cancellation
        );

    public Task ReleaseLeases(string holder, CancellationToken cancellation) =>
        queries.All(
            "DELETE FROM leases WHERE holder = $1 RETURNING name",
            [holder],
            row => row.GetString(0),
            cancellation
        );

    private static long Microseconds(TimeSpan time) => time.Ticks / TimeSpan.TicksPerMicrosecond;
}
