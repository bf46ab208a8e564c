using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Lifecycle;
using EcosystemSilo.Grains.Interfaces.Partners;
using EcosystemSilo.Journal.Postgres;
using EcosystemSilo.LoadTests.Processes;
using EcosystemSilo.Tests.Blueprints;
using EcosystemSilo.Tests.Support;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Processes;

/// <summary>
/// Three silos on one PostgreSQL, as three processes; in the test's own, because real processes have real clocks.
/// </summary>
[Collection<AloneCollection>]
public sealed class SharedDeadlinesTests(PostgresServer postgres, ITestOutputHelper output)
{
    private const int Partners = 300;
    private const string Scope = "acme/deadline";
    private readonly ManualClock _clock = new();

    [Fact]
    public async Task DueDeadlines_AreSharedAmongProcesses_AndEachHasOneEffect()
    {
        var database = await postgres.NewDatabase();
        var tried = new int[3];
        var silos = new List<TestSilo>();
        foreach (var number in Enumerable.Range(0, tried.Length))
        {
            var journal = new WatchedJournal(new PostgresJournal(database, TimeProvider.System))
            {
                AfterAppend = (append, result) =>
                {
                    Interlocked.Add(ref tried[number], append.Command.Scope == Scope ? 1 : 0);
                    return Task.CompletedTask;
                },
            };
            silos.Add(await TestSilo.Start(clock: _clock, journal: journal, interval: TimeSpan.FromMinutes(1)));
        }

        await Task.WhenAll(
            Enumerable
                .Range(0, Partners)
                .Select(n =>
                    silos[n % 3].Accept(Key(n), new RegisterPartner("St Mary", new CategoryId("medical-device")))
                )
        );

        _clock.Advance(TimeSpan.FromDays(ShippedBlueprints.Acme.PartnerPhases[0].TimeBoxDays ?? 0));
        _clock.Advance(TimeSpan.FromMinutes(2));
        await Awaited.Until(async () => await Alarms(silos[0]) >= Partners, "all overdue alarms");

        (await Alarms(silos[0])).ShouldBe(Partners);
        (await ProcessStories.Violations(database)).ShouldBeEmpty();
        output.WriteLine($"{Partners} deadlines, commands by each process: {string.Join(", ", tried)}");
        foreach (var silo in silos)
        {
            await silo.DisposeAsync();
        }
    }

    private static GrainKey Key(int number) => PartnerKey.Of(TestSilo.Acme, new PartnerId($"p-{number}"));

    private static async Task<int> Alarms(TestSilo silo)
    {
        var alarm = Wire.Of(typeof(PhaseOverdue)).Name;
        var events = await silo.Journal.ReadAll(0, int.MaxValue, TestContext.Current.CancellationToken);
        return events.Count(e => e.Name == alarm);
    }
}
