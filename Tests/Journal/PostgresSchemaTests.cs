using EcosystemSilo.Journal;
using EcosystemSilo.Journal.Postgres;
using EcosystemSilo.LoadTests.Processes;
using Npgsql;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Journal;

/// <summary>How the schema comes about: from earlier builds, and with what others add to it.</summary>
public sealed class PostgresSchemaTests(PostgresServer server) : IAsyncLifetime
{
    private static readonly (string Name, string Sql) Visits = (
        "visits",
        "CREATE TABLE visits (place text); INSERT INTO visits VALUES ('first'), ($quoted$second; @third$quoted$)"
    );

    private string connectionString = "";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => connectionString = await server.NewDatabase();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task AStepOfOthers_RunsOnce_WhoeverComesFirst()
    {
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Open(Visits)));
        await Open();
        await Open(Visits, ("more", "INSERT INTO visits VALUES ('more')"));
        await Open(("more", "a step that ran is not looked at again"), Visits);

        (await One("SELECT string_agg(place, ',' ORDER BY place) FROM visits")).ShouldBe("first,more,second; @third");
        (await One("SELECT string_agg(name, ',' ORDER BY name) FROM schema_steps")).ShouldBe("more,visits");
    }

    [Fact]
    public async Task AStepThatFails_LeavesNothingBehind_AndIsTriedAgain()
    {
        var broken = ("broken", "CREATE TABLE half (done text); SELECT * FROM nowhere");
        await Should.ThrowAsync<PostgresException>(() => Open(Visits, broken));

        (await One("SELECT to_regclass('events')::text")).ShouldBe(DBNull.Value);
        await Open(Visits, ("broken", "CREATE TABLE half (done text)"));
        (await One("SELECT count(*) FROM half")).ShouldBe(0L);
    }

    [Fact]
    public async Task AStepOfOthers_IsMadeInTheJournalsSchema()
    {
        await using var journal = new PostgresJournal(
            $"{connectionString};Search Path=own_one",
            TimeProvider.System,
            [Visits]
        );
        await journal.Open(Cancellation);

        (await One("SELECT count(*) FROM own_one.visits")).ShouldBe(2L);
    }

    /// <summary>All schemas that were ever released, or may have been.</summary>
    [Fact]
    public async Task AJournalOfAnyEarlierBuild_OpensAndGoesOn()
    {
        var known = Migrations.Of("Postgres");
        for (var version = 1; version <= known.Count; version++)
        {
            connectionString = await server.NewDatabase();
            await StoreAsBuildOf(known.Take(version));

            await using var journal = new PostgresJournal(connectionString, TimeProvider.System, [Visits]);
            await journal.Open(Cancellation);

            var history = await journal.Load("acme/partner/p", Cancellation);
            history.Tail.Single().Name.ShouldBe("registered");
            (await journal.DueDeadlines(JournalContract.Noon, 10, Cancellation)).Single().Name.ShouldBe("phase");
            var next = JournalContract.To("acme/partner/p", 1, "approved");
            (await journal.Append(next, Cancellation)).Position.ShouldBe(2);
        }
    }

    [Fact]
    public async Task AProcessOfTheBuildBefore_GoesOnBesideThisOne()
    {
        await Open();

        await AppendAsBuildBefore();

        await using var journal = new PostgresJournal(connectionString, TimeProvider.System);
        await journal.Open(Cancellation);
        (await journal.Load("acme/partner/p", Cancellation)).Tail.Single().Name.ShouldBe("registered");
        (await journal.DueDeadlines(JournalContract.Noon, 10, Cancellation)).Single().Name.ShouldBe("phase");
    }

    private async Task StoreAsBuildOf(IEnumerable<Migration> steps)
    {
        await One("CREATE TABLE schema_version (version integer PRIMARY KEY)");
        foreach (var step in steps)
        {
            await One(step.Sql);
            await One($"INSERT INTO schema_version (version) VALUES ({step.Version})");
        }
        await AppendAsBuildBefore();
    }

    /// <summary>A new partner with one event and one deadline, by the function of the first step.</summary>
    private Task<object?> AppendAsBuildBefore() =>
        One(
            "SELECT first_position FROM append_batch(ARRAY['acme/partner/p'], ARRAY[0]::bigint[], ARRAY[1], "
                + "ARRAY['acme/source/s-1'], ARRAY['c-1'], ARRAY[sha256('body')], ARRAY[1]::bigint[], ARRAY[0], ARRAY[1], "
                + "ARRAY[1], ARRAY['acme/partner/p'], ARRAY[0]::bigint[], '{}'::text[], ARRAY['acme/partner/p'], "
                + "ARRAY[1]::bigint[], ARRAY['registered'], ARRAY[1], ARRAY['{}'::bytea], ARRAY[1]::bigint[], "
                + "ARRAY['correlation'], ARRAY['actor'], ARRAY['c-1'], ARRAY['acme/partner/p'], ARRAY['phase'], "
                + "ARRAY[1]::bigint[])"
        );

    private async Task Open(params (string Name, string Sql)[] steps)
    {
        await using var journal = JournalFactory.Create("PostgreSql", connectionString, TimeProvider.System, steps);
        await journal.Open(Cancellation);
    }

    private async Task<object?> One(string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync(Cancellation);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(Cancellation);
    }
}
