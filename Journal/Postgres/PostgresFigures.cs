namespace EcosystemSilo.Journal.Postgres;

/// <summary>What is read for operators.</summary>
internal sealed class PostgresFigures(PostgresQueries queries)
{
    /// <summary>Readers come before the end of the journal, so that none seems to be beyond it.</summary>
    public async Task<JournalFigures> Of(DateTimeOffset now, CancellationToken cancellation)
    {
        var readers = await queries.All(
            "SELECT reader, checkpoint FROM readers ORDER BY reader",
            [],
            row => new ReaderPlace(row.GetString(0), row.GetInt64(1)),
            cancellation
        );
        var leases = await queries.All(
            "SELECT name, holder, until - clock_microseconds() FROM leases ORDER BY name",
            [],
            row => new TakenLease(row.GetString(0), row.GetString(1), TimeSpan.FromMicroseconds(row.GetInt64(2))),
            cancellation
        );
        var due = await queries.All(
            "SELECT count(*), coalesce(min(due), 0) "
                + "FROM (SELECT due FROM deadlines WHERE due <= $1 ORDER BY due LIMIT $2) AS counted",
            [StoredTime.From(now), (long)JournalLimits.DueCountedMax],
            row => (Count: row.GetInt64(0), Oldest: row.GetInt64(1)),
            cancellation
        );
        return new JournalFigures(
            await queries.LastPosition(cancellation),
            readers,
            leases,
            (int)due[0].Count,
            due[0].Count > 0 ? StoredTime.To(due[0].Oldest) : null
        );
    }

    public async Task<IReadOnlyList<Deadline>> DeadlinesOf(string grain, CancellationToken cancellation) =>
        await queries.All(
            "SELECT grain, name, due FROM deadlines WHERE grain = $1 ORDER BY due, name LIMIT $2",
            [grain, (long)JournalLimits.DeadlinesListedMax],
            PostgresQueries.Deadline,
            cancellation
        );
}
