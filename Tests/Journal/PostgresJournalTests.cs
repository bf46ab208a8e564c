using EcosystemSilo.Journal;
using EcosystemSilo.Journal.Postgres;
using EcosystemSilo.LoadTests.Processes;
using Npgsql;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Journal;

public sealed class PostgresJournalTests(PostgresServer server) : JournalContract
{
    private string connectionString = "";

    protected override async Task PrepareStore() => connectionString = await server.NewDatabase();

    protected override IJournal NewJournal() => new PostgresJournal(connectionString, TimeProvider.System);

    protected override (Task Held, Task Committed) AppendHeld(Append append, Task release)
    {
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var committed = Hold();
        return (Task.WhenAny(held.Task, committed), committed);

        async Task Hold()
        {
            await using var connection = new NpgsqlConnection(connectionString);
            await connection.OpenAsync(Cancellation);
            await using var transaction = await connection.BeginTransactionAsync(Cancellation);
            var batch = new PostgresBatch();
            await using (var call = new NpgsqlCommand(PostgresBatch.Call, connection))
            {
                batch.AddParametersTo(call);
                batch.Fill([append]);
                await call.ExecuteNonQueryAsync(Cancellation);
            }
            held.SetResult();
            await release;
            await transaction.CommitAsync(Cancellation);
        }
    }

    protected override async Task<IAsyncDisposable> StopCommits()
    {
        var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(Cancellation);
        await connection.BeginTransactionAsync(Cancellation);
        await using var command = new NpgsqlCommand("SELECT * FROM last_position FOR UPDATE", connection);
        await command.ExecuteNonQueryAsync(Cancellation);
        return connection;
    }

    protected override Task SetSchemaVersion(int version) =>
        Execute($"INSERT INTO schema_version (version) VALUES ({version})");

    protected override async ValueTask RemoveStore()
    {
        await using var connection = new NpgsqlConnection(connectionString);
        NpgsqlConnection.ClearPool(connection);
    }

    [Theory]
    [InlineData("off")]
    [InlineData("local")]
    [InlineData("remote_write")]
    public async Task AWeakerCommit_IsRefused(string level)
    {
        await using var journal = new PostgresJournal(
            $"{connectionString};Options=-c synchronous_commit={level}",
            TimeProvider.System
        );

        var refusal = await Should.ThrowAsync<JournalMisconfiguredException>(() => journal.Open(Cancellation));

        refusal.Message.ShouldContain($"synchronous_commit is {level}");
    }

    [Fact]
    public async Task ASchemaOfItsOwn_IsCreated_ForTheSearchPath()
    {
        await using var journal = new PostgresJournal($"{connectionString};Search Path=own_one", TimeProvider.System);
        await journal.Open(Cancellation);

        (await journal.Append(To("acme/partner/p", 0, "registered"), Cancellation)).Position.ShouldBe(1);

        (await Everything()).ShouldBeEmpty();
        (await journal.LastPosition(Cancellation)).ShouldBe(1);
    }

    [Fact]
    public async Task WhatIsHeldUntilLongAfterTheServersClockWasPutBack_IsFree()
    {
        await MustCommit(To("acme/partner/p", 0, "a") with { Deadlines = [new DeadlineChange("x", Noon)] });
        await Journal.ClaimDeadlines(Noon, 10, Cancellation);
        await Journal.HoldLeases("one", ["board"], TimeSpan.FromSeconds(3), Cancellation);

        await Execute("UPDATE leases SET until = until + 86400000000");
        await Execute("UPDATE deadlines SET claimed_until = claimed_until + 86400000000");

        (await Journal.HoldLeases("two", ["board"], TimeSpan.FromSeconds(3), Cancellation)).ShouldBe(["board"]);
        (await Journal.ClaimDeadlines(Noon, 10, Cancellation)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task SnapshotsThatComeTogether_ShareTransactions()
    {
        var saves = Enumerable
            .Range(1, 100)
            .Select(i => Journal.SaveSnapshot(new Snapshot($"acme/partner/{i}", 1, 1, new byte[] { 1 }), Cancellation));
        await Task.WhenAll(saves);

        (await Count("SELECT count(*) FROM snapshots")).ShouldBe(100);
        (await Count("SELECT count(DISTINCT xmin::text) FROM snapshots")).ShouldBeLessThan(20);
    }

    [Fact]
    public async Task LoadsThatComeTogether_ShareRoundTrips()
    {
        const int Count = 2_000;
        await Journal.Load("acme/partner/alone", Cancellation);
        var journal = (PostgresJournal)Journal;
        var before = journal.ReadsOfHistories;

        await Task.WhenAll(Enumerable.Range(0, Count).Select(i => Journal.Load($"acme/partner/{i}", Cancellation)));

        (journal.ReadsOfHistories - before).ShouldBeLessThan(Count / 10);
    }

    [Fact]
    public async Task ASnapshotThatFails_FailsNoLaterOne()
    {
        await Execute("ALTER TABLE snapshots RENAME TO elsewhere");
        await Should.ThrowAsync<PostgresException>(() => Journal.SaveSnapshot(SnapshotAt(1, "lost"), Cancellation));

        await Execute("ALTER TABLE elsewhere RENAME TO snapshots");
        await Journal.SaveSnapshot(SnapshotAt(2, "kept"), Cancellation);
        (await Journal.Load("acme/partner/p", Cancellation)).Snapshot!.Version.ShouldBe(2);
    }

    [Fact]
    public async Task ConnectionsThatAreCut_LoseAndDoubleNothing()
    {
        const int Grains = 20;
        const int Each = 50;
        var settled = 0;
        using var cutting = new CancellationTokenSource();
        var cutter = CutConnections(() => Volatile.Read(ref settled), cutting.Token);

        await Within(Task.WhenAll(Enumerable.Range(0, Grains).Select(AppendAll)), "all appends to be settled");
        await cutting.CancelAsync();
        (await cutter).ShouldBeGreaterThan(0);

        var events = await Everything();
        events.Count.ShouldBe(Grains * Each);
        events.Select(one => one.CommandId).ShouldBeUnique();
        events.Select(one => one.Position).ShouldBe(Enumerable.Range(1, events.Count).Select(i => (long)i));

        async Task AppendAll(int grain)
        {
            for (var version = 0; version < Each; version++)
            {
                var append = To($"acme/partner/{grain}", version, "advanced");
                (await Settle(append)).Version.ShouldBe(version + 1);
                Interlocked.Increment(ref settled);
            }
        }
    }

    private async Task<AppendResult> Settle(Append append)
    {
        while (true)
        {
            try
            {
                var result = await Commit(append);
                result.Outcome.ShouldBeOneOf(AppendOutcome.Committed, AppendOutcome.Repeated);
                return result;
            }
            catch (JournalUnavailableException)
            {
                // As a sender would: again, with the same id.
            }
        }
    }

    /// <summary>
    /// Cuts, and cuts again as soon as something was settled: on a busy machine, connecting takes longer than any fixed
    /// pause between two cuts, and nothing would ever get through.
    /// </summary>
    private async Task<int> CutConnections(Func<int> settled, CancellationToken cancellation)
    {
        var cut = 0;
        await using var connection = new NpgsqlConnection(connectionString + ";Application Name=cutter");
        await connection.OpenAsync(Cancellation);
        while (!cancellation.IsCancellationRequested)
        {
            await using var command = new NpgsqlCommand(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
                    + "WHERE datname = current_database() AND application_name = 'EcosystemSilo'",
                connection
            );
            cut += Convert.ToInt32(await command.ExecuteScalarAsync(Cancellation));
            var before = settled();
            while (settled() == before && !cancellation.IsCancellationRequested)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, Cancellation);
            }
        }
        return cut;
    }

    private async Task<long> Count(string sql)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync(Cancellation))!;
    }

    private async Task Execute(string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(Cancellation);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Cancellation);
    }
}
