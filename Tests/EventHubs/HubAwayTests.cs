using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Partners;
using EcosystemSilo.LoadTests.Chaos.Faults;
using EcosystemSilo.LoadTests.EventHubs;
using EcosystemSilo.LoadTests.Processes;
using EcosystemSilo.Tests.Support;
using Npgsql;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.EventHubs;

/// <summary>The hub refuses, or goes away, or the journal does: nothing ends, and nothing is lost.</summary>
public sealed class HubAwayTests(PostgresServer postgres, ITestOutputHelper output)
{
    [Fact]
    public async Task AHubThatRefusesTheCredentials_IsSaidAndAskedAgain_AndEverythingElseRuns()
    {
        using var log = new LogLines();
        var broker = HubBroker.Start(HubSilo.Hub, HubSilo.Partitions);
        await using var silo = await HubSilo.Start(
            await postgres.NewDatabase(),
            broker,
            broker.WrongConnectionString,
            log
        );

        await Awaited.Until(() => Task.FromResult(log.Count(2201) > 0), "the log to say that the hub is not read");

        var said = log.Written.Single(line => line.Id == 2201).Text;
        said.ShouldContain("refuses the credentials: check EventHubs__ConnectionString");
        said.ShouldNotContain("SharedAccessKey");
        silo.Health.IsGood.ShouldBeFalse();
        await silo.Silo.Accept(
            PartnerKey.Of(TestSilo.Acme, new PartnerId("p-1")),
            new RegisterPartner("Clinic", new CategoryId("medical-device"))
        );
    }

    [Fact]
    public async Task AHubThatGoesAndComes_IsReadOnWhereItWas()
    {
        using var log = new LogLines();
        await using var silo = await HubSilo.Start(await postgres.NewDatabase(), log: log);
        var source = await silo.Source("partners", "standard-webhooks");
        silo.Send(Partner(source, 1));
        await Registered(silo, 1);

        silo.Broker.Close();
        await Awaited.Until(() => Task.FromResult(!silo.Health.IsGood), "the silo to notice that the hub is away");
        silo.Send(Partner(source, 2));
        silo.Broker.Open();

        await Registered(silo, 2);
        await Awaited.Until(() => Task.FromResult(silo.Health.IsGood), "the silo to say that it reads again");
        log.Written.ShouldContain(line => line.Id == 2202);
        (await Count(silo)).ShouldBe(2);
    }

    /// <summary>
    /// EVENT_HUBS_AWAY_SECONDS=300 makes it the five minutes of a long outage; Orleans' own limit for a delivery would
    /// be one.
    /// </summary>
    [Fact]
    public async Task WhileTheJournalIsAway_NoMessageIsPassedOver_AndNoMoreAreReadThanAreHeld()
    {
        const int Messages = 3_000;
        var away = TimeSpan.FromSeconds(
            int.Parse(Environment.GetEnvironmentVariable("EVENT_HUBS_AWAY_SECONDS") ?? "5")
        );
        var database = new NpgsqlConnectionStringBuilder(await postgres.NewDatabase());
        await using var proxy = new TcpProxy(postgres.Socket);
        (database.Host, database.Port) = ("127.0.0.1", proxy.Port);
        await using var silo = await HubSilo.Start(database.ConnectionString);
        var source = await silo.Source("partners", "standard-webhooks");
        silo.Send(Partner(source, 0));
        await Registered(silo, 0);

        proxy.Weather = Weather.Gone;
        for (var number = 1; number < Messages; number++)
        {
            silo.Broker.Send(Partner(source, number), partition: 0);
        }

        await Awaited.Until(
            () => Task.FromResult(silo.Read.All.Single(p => p.Partition == "0").GetMaxAddCount() == 0),
            "the silo to read no more"
        );
        await Task.Delay(away, TimeProvider.System, TestContext.Current.CancellationToken);
        proxy.Weather = Weather.Clear;
        var since = TimeProvider.System.GetTimestamp();

        // Keys go at the same time, so that the last message is not the last to be taken.
        await Awaited.Until(async () => await Count(silo) >= Messages, "every message to be taken");
        (await Count(silo)).ShouldBe(Messages);
        output.WriteLine(
            $"away for {away.TotalSeconds:n0} s: {Messages:n0} messages taken "
                + $"{TimeProvider.System.GetElapsedTime(since).TotalSeconds:f1} s after the journal was back"
        );
    }

    private static HubEvent Partner(SourceId source, int number) =>
        HubEvents.Native(
            source,
            "partner.registered",
            new
            {
                partner = $"p-{number}",
                name = "Clinic",
                category = "medical-device",
            },
            key: $"p-{number % 50}"
        );

    private static Task Registered(HubSilo silo, int number) =>
        silo.Silo.Until<PartnerView>(
            PartnerKey.Of(TestSilo.Acme, new PartnerId($"p-{number}")),
            _ => true,
            $"partner {number} to be registered"
        );

    private static async Task<int> Count(HubSilo silo) =>
        int.Parse((await silo.Sql("SELECT count(*) FROM events WHERE name = 'partner.registered'")).Single());
}
