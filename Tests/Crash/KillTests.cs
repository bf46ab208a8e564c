using System.Data.Common;
using System.Globalization;
using EcosystemSilo.LoadTests.Chaos;
using EcosystemSilo.LoadTests.Processes;
using EcosystemSilo.Tests.Support;
using Microsoft.Data.Sqlite;
using Npgsql;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Crash;

/// <summary>
/// The gateway's process is killed at a random moment of a barrage of signed webhooks and started again on the same
/// journal; the sender repeats what it has no answer for. <c>CRASH_SEEDS</c> sets the number of runs a store, and
/// <c>CRASH_FIRST_SEED</c> the seed of the first.
/// </summary>
[Collection<AloneCollection>]
public sealed class KillTests(PostgresServer postgres, ITestOutputHelper output)
{
    private const int WebhookCount = 2_000;
    private const int RepeatedOnPurpose = 100;
    private static readonly TimeSpan SettleMax = TimeSpan.FromSeconds(20);

    public static TheoryData<string, int> Runs
    {
        get
        {
            var first = Setting("CRASH_FIRST_SEED", 1);
            var seeds = Enumerable.Range(first, Setting("CRASH_SEEDS", 3)).ToList();
            var runs = new TheoryData<string, int>();
            foreach (var store in new[] { "Sqlite", "PostgreSql" })
            {
                seeds.ForEach(seed => runs.Add(store, seed));
            }

            return runs;
        }
    }

    [Theory]
    [MemberData(nameof(Runs))]
    public async Task KillingTheProcess_LosesNoAcknowledgedWebhookAndDoublesNone(string store, int seed)
    {
        var database = store == "PostgreSql" ? await postgres.NewDatabase() : null;
        await using var gateway = new GatewayProcess(store, database);
        await gateway.Start();
        var source = await gateway.CreateSource("standard-webhooks");
        using var sender = new Sender(source, Family.Many(WebhookCount, $"p{seed}"));
        var run = new Run(store, seed, gateway, source, sender);

        await run.KillInTheMiddle();
        var acknowledged = sender.WithFate(Fate.Acknowledged).ToList();
        var unknown = sender.WithFate(Fate.Unknown).Count();
        var ready = await gateway.Start();
        var before = await run.Settle(acknowledged);
        await sender.Send();
        sender.Acknowledged.ShouldBe(WebhookCount, run.Describe($"not all were taken in the end: {sender.Answers}"));
        var repeats = await sender.Repeat(run.Sample(acknowledged, RepeatedOnPurpose));
        var after = await run.Settle(sender.Webhooks);
        (await gateway.Stop()).ShouldBe(0, run.Describe("the gateway did not end in order"));

        output.WriteLine(
            $"store={store} seed={seed} webhooks={WebhookCount} acknowledged={acknowledged.Count} unknown={unknown} "
                + $"committed-unacknowledged={sender.CommittedUnknown} lost={before.Lost + after.Lost} "
                + $"doubled={before.Doubled + after.Doubled} events={after.EventCount} "
                + $"ready-after-restart={ready.TotalMilliseconds:f0}ms"
        );
        acknowledged.Count.ShouldBeInRange(1, WebhookCount - 1, run.Describe("the kill came at no interesting moment"));
        before.Violations.ShouldBeEmpty(run.Describe("the journal after the crash is wrong"));
        after.Violations.ShouldBeEmpty(run.Describe("the journal after the repeats is wrong"));
        repeats.ShouldAllBe(outcome => outcome == "repeated", run.Describe("a repeat was not recognised"));
    }

    private static int Setting(string name, int fallback) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value)
            ? value
            : fallback;

    /// <summary>One run: what its seed decides, and how its journal is looked at.</summary>
    private sealed record Run(string Store, int Seed, GatewayProcess Gateway, SourceAddress Source, Sender Sender)
    {
        private readonly Random _random = new(Seed);

        public async Task KillInTheMiddle()
        {
            var enough = _random.Next(WebhookCount / 50, WebhookCount * 9 / 10);
            var pause = TimeSpan.FromMilliseconds(_random.NextDouble() * 20);
            await Sender.Send(
                enough,
                async () =>
                {
                    await Task.Delay(pause, TimeProvider.System);
                    await Gateway.Kill();
                }
            );
            Sender.WithFate(Fate.Refused).ShouldBeEmpty(Describe($"some were refused: {Sender.Answers}"));
        }

        /// <summary>Audits the journal until the reactions have come to rest, and returns the last audit.</summary>
        public async Task<JournalAudit> Settle(IEnumerable<Webhook> acknowledged)
        {
            var known = acknowledged.ToList();
            var since = TimeProvider.System.GetTimestamp();
            while (true)
            {
                await using var journal = Connect();
                await journal.OpenAsync();
                var audit = await JournalAudit.Of(journal, Source.Id, known, Sender.Webhooks);
                if (audit.Violations.Count == 0 || TimeProvider.System.GetElapsedTime(since) > SettleMax)
                {
                    return audit;
                }

                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
            }
        }

        public IEnumerable<Webhook> Sample(List<Webhook> webhooks, int count) =>
            Enumerable.Range(0, count).Select(_ => webhooks[_random.Next(webhooks.Count)]);

        public string Describe(string what) => $"{Store}, seed {Seed}: {what}\nThe gateway printed:\n{Gateway.Output}";

        private DbConnection Connect() =>
            Store == "PostgreSql"
                ? new NpgsqlConnection(Gateway.ConnectionString)
                : new SqliteConnection($"{Gateway.ConnectionString};Mode=ReadOnly;Pooling=False");
    }
}
