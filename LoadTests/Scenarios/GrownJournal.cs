using System.Globalization;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Deals;
using EcosystemSilo.LoadTests.Processes;
using Npgsql;

namespace EcosystemSilo.LoadTests.Scenarios;

/// <summary>
/// Gives a journal a long past: the amounts of all deals change again and again, handled by the product's own engine
/// without HTTP in between.
/// </summary>
internal static class GrownJournal
{
    /// <summary>Beyond the amounts that deliveries set, so that each of these changes something.</summary>
    private const long FirstAmount = 1_000_000_000;
    private const int ToldEvery = 10_000;

    private static readonly TimeSpan ReaderPause = TimeSpan.FromSeconds(1.5);

    /// <summary>Adds so many events.</summary>
    public static async Task Grow(GatewayProcess stopped, int events, Action<string> tell)
    {
        var done = 0;
        await using (var silo = await LocalSilo.Open(stopped))
        {
            await silo.AskAll("grown", events, ChangeAmount, _ => Tell());
        }

        // Statistics and clean pages, as autovacuum gives them in time to a journal that grew over months.
        await using var database = NpgsqlDataSource.Create($"{stopped.ConnectionString};Command Timeout=600");
        await Run(database, "VACUUM ANALYZE");
        await Run(database, "CHECKPOINT");

        Task Tell()
        {
            if (Interlocked.Increment(ref done) is var now && now % ToldEvery == 0)
            {
                tell(string.Create(CultureInfo.InvariantCulture, $"{now:n0} of {events:n0} events"));
            }

            return Task.CompletedTask;
        }
    }

    /// <summary>
    /// Waits until lists and reactions have read the whole past, so that they disturb nothing later: one of them is at
    /// the end, and all have stopped to save progress, which they do every second while they read.
    /// </summary>
    public static async Task AwaitReaders(string postgres)
    {
        await using var database = NpgsqlDataSource.Create(postgres);
        await using var ask = database.CreateCommand(
            "SELECT max(checkpoint) >= (SELECT position FROM last_position), sum(checkpoint)::bigint FROM readers"
        );
        var (isAtEnd, before, now) = (false, -1L, -2L);
        while (!isAtEnd || before != now)
        {
            await Task.Delay(ReaderPause, TimeProvider.System);
            await using var row = await ask.ExecuteReaderAsync();
            await row.ReadAsync();
            (isAtEnd, before, now) = (
                !row.IsDBNull(0) && row.GetBoolean(0),
                now,
                row.IsDBNull(1) ? 0 : row.GetInt64(1)
            );
        }
    }

    private static (GrainKey, ICommand) ChangeAmount(int number) =>
        (
            DealKey.Of(new EcosystemId("acme"), new DealId(DealTraffic.Deal(number % DealTraffic.Partners))),
            new ChangeDealAmount(new Money(FirstAmount + number, "USD"))
        );

    private static async Task Run(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
