using EcosystemSilo.Journal;
using EcosystemSilo.LoadTests.Processes;
using EcosystemSilo.Silo.Membership;
using EcosystemSilo.Tests.Support;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Processes;

/// <summary>What a newer build wrote into the journal, processes of this build meet.</summary>
[Collection<AloneCollection>]
public sealed class NewerEventTests(PostgresServer postgres)
{
    private const string Unreadable = "acme/partner/p-1 has an event partner.registered v99 at version 1";

    [Fact]
    public async Task AProcessThatCannotReadAnEvent_EndsInOrder_AndSoDoesOneThatStartsLater()
    {
        var database = await postgres.NewDatabase();
        await using var silo = new SiloProcess(database);
        await using var gateway = new GatewayProcess("PostgreSql", database);
        gateway.JoinCluster("Gateway");
        await silo.Start();

        await AppendAsANewerBuild(database);

        await silo.Exited.WaitAsync(TimeSpan.FromSeconds(20));
        silo.ExitCode.ShouldBe(ExitCodes.NewerJournal);
        silo.Errors.ShouldStartWith(Unreadable);
        silo.Errors.ShouldNotContain("\n", customMessage: "one line");
        (await ProcessStories.Sql(database, "SELECT name FROM leases")).ShouldBeEmpty();
        (await ProcessStories.Sql(database, "SELECT 1 FROM OrleansMembershipTable WHERE Status <> 6")).ShouldBeEmpty();

        (await gateway.StartRefused()).ShouldBe(ExitCodes.NewerJournal);
        gateway.Errors.ShouldStartWith(Unreadable);
    }

    private static async Task AppendAsANewerBuild(string database)
    {
        await using var journal = JournalFactory.Create("PostgreSql", database, TimeProvider.System);
        await journal.Open(TestContext.Current.CancellationToken);
        var result = await journal.Append(
            new Append(
                "acme/partner/p-1",
                ExpectedVersion: 0,
                [new NewEvent("partner.registered", 99, "{}"u8.ToArray())],
                new CommandStamp("acme/test", "newer", new byte[32]),
                [],
                TimeProvider.System.GetUtcNow(),
                "newer",
                "test"
            ),
            TestContext.Current.CancellationToken
        );
        result.Outcome.ShouldBe(AppendOutcome.Committed);
    }
}
