using System.Diagnostics;
using EcosystemSilo.Journal;
using EcosystemSilo.Journal.Postgres;
using EcosystemSilo.LoadTests.Processes;
using Npgsql;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Journal;

/// <summary>What becomes of a hold when its session does not last.</summary>
public sealed class PostgresHoldTests(PostgresServer server) : IAsyncLifetime
{
    private static readonly TimeSpan WaitMax = TimeSpan.FromSeconds(30);
    private static readonly string IsOfThisTest =
        $"locktype = 'advisory' AND classid = {PostgresHold.LockClass}::oid "
        + "AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";

    private string connectionString = "";
    private PostgresJournal journal = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        connectionString = await server.NewDatabase();
        journal = new PostgresJournal(connectionString, TimeProvider.System);
    }

    public async ValueTask DisposeAsync() => await journal.DisposeAsync();

    [Fact]
    public async Task ASessionThatEnds_IsFollowedByAnother_WhichHolds()
    {
        await using var hold = await journal.Hold(HoldKind.Alone, Cancellation);
        var first = await Holder();

        await Execute($"SELECT pg_terminate_backend({first})");

        await JournalContract.Eventually(
            async () => await Holder() is { } next && next != first,
            "another session to hold the journal"
        );
        await using var other = new PostgresJournal(connectionString, TimeProvider.System);
        await Should.ThrowAsync<JournalHeldException>(() => other.Hold(HoldKind.Alone, Cancellation));
        hold.Lost.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task AHoldThatAnotherProcessWasFirstToTake_IsLost()
    {
        await using var hold = await journal.Hold(HoldKind.Shared, Cancellation);
        var holder = await Holder();
        await using var other = new NpgsqlConnection(connectionString + ";Pooling=false");
        await other.OpenAsync(Cancellation);
        await using var take = new NpgsqlCommand($"SELECT pg_advisory_lock({PostgresHold.LockOf("'public'")})", other);
        var taken = take.ExecuteNonQueryAsync(Cancellation);
        await JournalContract.Eventually(
            async () => await One($"SELECT count(*) FROM pg_locks WHERE {IsOfThisTest} AND NOT granted") is 1L,
            "the other process to wait for the lock"
        );
        hold.Lost.IsCompleted.ShouldBeFalse();

        await Execute($"SELECT pg_terminate_backend({holder})");

        await taken;
        await hold.Lost.WaitAsync(WaitMax, Cancellation);
    }

    /// <summary>The other process is a shell on the database, and it locks what this product does.</summary>
    [Fact]
    public async Task AProcessThatIsKilled_LetsGo()
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        string[] address = ["-h", settings.Host!, "-U", settings.Username!, "-d", settings.Database!];
        using var other = Process.Start(
            new ProcessStartInfo("psql", ["-XAtq", .. address])
            {
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            }
        )!;
        await other.StandardInput.WriteLineAsync(
            $"SELECT 'held' FROM pg_advisory_lock({PostgresHold.LockOf("'public'")});"
        );
        await other.StandardInput.FlushAsync(Cancellation);
        (await other.StandardOutput.ReadLineAsync(Cancellation)).ShouldBe("held");
        await Should.ThrowAsync<JournalHeldException>(() => journal.Hold(HoldKind.Alone, Cancellation));

        other.Kill();

        await using var hold = await journal.Hold(HoldKind.Alone, Cancellation);
    }

    [Fact]
    public async Task JournalsInTwoSchemas_AreHeldApart()
    {
        await using var elsewhere = new PostgresJournal($"{connectionString};Search Path=own_one", TimeProvider.System);
        await using var hold = await journal.Hold(HoldKind.Alone, Cancellation);

        await using var beforeItsSchemaIs = await elsewhere.Hold(HoldKind.Alone, Cancellation);
        await elsewhere.Open(Cancellation);

        await using var again = new PostgresJournal($"{connectionString};Search Path=own_one", TimeProvider.System);
        await Should.ThrowAsync<JournalHeldException>(() => again.Hold(HoldKind.Alone, Cancellation));
    }

    /// <summary>The session that holds the journal of this test's database.</summary>
    private async Task<int?> Holder() => (int?)await One($"SELECT pid FROM pg_locks WHERE {IsOfThisTest} AND granted");

    private Task<object?> Execute(string sql) => One(sql);

    private async Task<object?> One(string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync(Cancellation);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(Cancellation);
    }
}
