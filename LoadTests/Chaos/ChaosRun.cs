using System.Net.Http.Json;
using System.Text.Json;
using EcosystemSilo.LoadTests.Chaos.Audit;
using EcosystemSilo.LoadTests.Chaos.Faults;
using EcosystemSilo.LoadTests.Processes;

namespace EcosystemSilo.LoadTests.Chaos;

/// <summary>
/// One journal lives through many faults: in each round new partners are sent while a fault comes, and everything is
/// sent again under its id until it is acknowledged. At the end all time boxes run out, everything comes to rest, and
/// the audit judges.
/// </summary>
internal sealed class ChaosRun
{
    private const int RepeatsPerRound = 10;
    private const int ReusedPerRound = 2;
    private const int AuditEvery = 25;

    /// <summary>Grains that are asked again after a fault, some on every silo.</summary>
    private const int AskedAgain = 60;

    /// <summary>What the time from a start to readiness is called in the figures.</summary>
    private const string Starts = "start until ready";
    private static readonly TimeSpan SaveMax = TimeSpan.FromSeconds(20);

    private readonly ChaosOptions _options;
    private readonly Stage _stage;
    private readonly string _sourceId;
    private readonly List<Violation> _violations = [];
    private readonly Dictionary<string, List<double>> _recoveries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _faults = new(StringComparer.Ordinal);
    private int _repeats;

    /// <summary>A process may die more than once a round: it is started again with its next crash point.</summary>
    private int FaultCount => _faults.Values.Sum() + _stage.Processes.Sum(process => process.Deaths.Values.Sum());

    private ChaosRun(ChaosOptions options, Stage stage)
    {
        (_options, _stage) = (options, stage);
        _sourceId = stage.Sender.SourceId;
    }

    public static async Task<ChaosFigures> Of(ChaosOptions options, PostgresServer? postgres = null)
    {
        await using var stage = await Stage.Set(options, postgres);
        await using var watch = new BoardWatch(stage);
        var run = new ChaosRun(options, stage);
        stage.IsCrashing = options.HasCrashPoints && options.Faults.Contains(Fault.Kill);
        for (var round = 1; run.FaultCount < options.Count && run._violations.Count == 0; round++)
        {
            await run.Round(round);
            options.Progress(run.FaultCount);
        }

        var audit = await run.Finish();
        run._violations.AddRange(watch.Violations);
        return run.Figures(audit);
    }

    private async Task Round(int round)
    {
        var fault = _options.Faults[(round - 1) % _options.Faults.Count];
        var families = Family.Many(_options.PartnersPerRound, $"r{round}");
        var sender = _stage.Sender;
        sender.Add(families);
        using var over = new CancellationTokenSource(_options.RoundMax);
        var some = families.Sum(family => family.All.Count()) * _stage.Random.Next(2, 80) / 100;
        var moment = sender.WhenAcknowledged(sender.Acknowledged + some);
        var sending = sender.SendAll(over.Token);
        await Task.WhenAny(moment, sending);
        await Task.Delay(TimeSpan.FromMilliseconds(_stage.Random.NextDouble() * 10), TimeProvider.System);
        await _stage.Inflict(fault, _options.Pause, sending);
        await AnsweredAgain(fault, over.Token);

        await sending;
        if (!sender.IsDone)
        {
            var open = sender.WithFate(Fate.Unknown).Concat(sender.WithFate(Fate.Unsent)).First();
            var heard = _stage.Log.LastHeardOf(open);
            Report(
                Finding.AnswerIsUnexpected,
                $"{open.Id} was not taken within {_options.RoundMax}; last heard of it: {heard}"
            );
        }

        await Task.WhenAll(_stage.Processes.Select(process => process.Up));
        await Repeat();
        if (round % AuditEvery == 0)
        {
            _violations.AddRange((await Audit()).Violations);
        }
    }

    /// <summary>Waits until every grain of a sample answers; the time is counted from the end of the fault.</summary>
    private async Task AnsweredAgain(Fault fault, CancellationToken over)
    {
        var healed = TimeProvider.System.GetTimestamp();
        var answers = _stage.Log.Answers.ToList();
        var sample = Enumerable
            .Range(0, Math.Min(AskedAgain, answers.Count))
            .Select(_ => answers[_stage.Random.Next(answers.Count)].Operation)
            .DistinctBy(operation => operation.Grain);
        var isAnswered = await Task.WhenAll(sample.Select(one => _stage.Sender.Insist(one, over)));
        if (!isAnswered.All(answered => answered))
        {
            Report(Finding.AnswerIsUnexpected, $"a grain does not answer any more after {fault}");
        }

        var name = fault is Fault.Kill ? "kill and new start" : $"{fault}";
        Recoveries(name).Add(TimeProvider.System.GetElapsedTime(healed).TotalMilliseconds);
        // Kills are counted by those who died of them.
        if (fault is not (Fault.Kill or Fault.KillGateway or Fault.KillAll))
        {
            _faults[fault.ToString()] = _faults.GetValueOrDefault(fault.ToString()) + 1;
        }
    }

    private List<double> Recoveries(string name) =>
        _recoveries.TryGetValue(name, out var known) ? known : _recoveries[name] = [];

    /// <summary>A repeat of what was acknowledged gets the first answer, also after the crash.</summary>
    private async Task Repeat()
    {
        var answers = _stage.Log.Answers.ToList();
        var sample = Enumerable
            .Range(0, Math.Min(RepeatsPerRound, answers.Count))
            .Select(_ => answers[^(1 + _stage.Random.Next(Math.Min(answers.Count, 1_000)))])
            .DistinctBy(first => first.Operation.Id)
            .ToList();
        var again = await _stage.Sender.Repeat(sample.Select(first => first.Operation));
        foreach (var (first, (second, text)) in sample.Zip(again))
        {
            if (second is null || second.Version != first.Version || second.Outcome is not (null or "repeated"))
            {
                Report(Finding.RepeatIsAnsweredDifferently, $"{first.Operation.Id}: {first.Version}, then {text}");
            }
        }

        var reusable = answers.Where(one => one.Operation is { IsWebhook: true, Item: "welcome-package" });
        foreach (var webhook in reusable.TakeLast(ReusedPerRound))
        {
            if ((int)await _stage.Sender.Reuse(webhook.Operation) is var status and not 409)
            {
                Report(Finding.ReusedIdIsTaken, $"{webhook.Operation.Id} with another body was answered {status}");
            }
        }

        _repeats += sample.Count;
    }

    private async Task<JournalAudit> Finish()
    {
        await WaitForSaves();
        await JumpAndRestart();
        using var over = new CancellationTokenSource(_options.RoundMax);
        await _stage.Sender.SendAll(over.Token);
        var audit = await Rest();
        _violations.AddRange(audit.Violations);
        foreach (var complaint in _stage.Log.Complaints)
        {
            Report(Finding.AnswerIsUnexpected, complaint);
        }

        foreach (var process in _stage.Processes)
        {
            if (await process.Stop() != 0)
            {
                Report(Finding.AnswerIsUnexpected, $"a process did not end in order: {process.Server.Output}");
            }
        }

        return audit;
    }

    /// <summary>The last start is to begin with saved read models, so something must have been saved.</summary>
    private async Task WaitForSaves()
    {
        var since = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(since) < SaveMax)
        {
            await using var journal = await _stage.OpenJournal();
            await using var command = journal.CreateCommand();
            command.CommandText =
                "SELECT count(*) FROM readers, last_position WHERE reader LIKE 'read-models%' AND checkpoint = position";
            if (Convert.ToInt64(await command.ExecuteScalarAsync()) > 0)
            {
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }
    }

    /// <summary>All processes are away while every deadline that is set comes due.</summary>
    private async Task JumpAndRestart()
    {
        _stage.JumpBeyondAllDeadlines();
        foreach (var process in _stage.Processes)
        {
            await process.Up;
            var down = process.Down;
            process.Kill();
            await down;
        }

        await Task.WhenAll(_stage.Processes.Select(process => process.Up));
    }

    /// <summary>Audits until reactions, deadlines and boards have come to rest; the last audit counts.</summary>
    private async Task<JournalAudit> Rest()
    {
        var since = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var audit = await Audit();
            audit.CheckAtRest(TimeProvider.System.GetUtcNow() + _stage.ShiftOfClocks - TimeSpan.FromSeconds(5));
            var shown = new List<Violation>();
            await Task.WhenAll(_stage.Processes.Select(process => process.Up));
            foreach (var process in _stage.Gateways)
            {
                using var client = process.Gateway.Client();
                shown.AddRange(await BoardAudit.Compare(client, audit));
                shown.AddRange(await Deliveries(client, audit));
            }

            if (
                audit.Violations.Count + shown.Count == 0
                || TimeProvider.System.GetElapsedTime(since) > _options.RestMax
            )
            {
                _violations.AddRange(shown);
                return audit;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System);
        }
    }

    /// <summary>Accepted = applied + kept aside + asked for already, by the source's own counts.</summary>
    private async Task<IEnumerable<Violation>> Deliveries(HttpClient client, JournalAudit audit)
    {
        var source = await client.GetFromJsonAsync<JsonElement>($"/api/acme/sources/{_sourceId}");
        var counts = source.GetProperty("counts");
        var accepted = _stage.Log.Answers.Select(answer => answer.Operation).Where(one => one.IsWebhook).ToList();
        var causes = audit.Journal.Events.Select(row => row.Command).ToHashSet(StringComparer.Ordinal);
        var applied = accepted.Count(one => !one.IsKeptAside && causes.Contains(one.Id));
        return new (string Name, int Expected)[]
        {
            ("applied", applied),
            ("ignored", accepted.Count(one => one.Event == "delivery.ignored")),
            ("deadLettered", accepted.Count(one => one.Event == "delivery.buried")),
            ("received", 0),
        }
            .Where(count => counts.GetProperty(count.Name).GetInt32() != count.Expected)
            .Select(count => new Violation(
                Finding.DeliveriesAreUnaccountedFor,
                $"{counts.GetProperty(count.Name)} are counted as {count.Name}, {count.Expected} were"
            ));
    }

    private async Task<JournalAudit> Audit()
    {
        await using var journal = await _stage.OpenJournal();
        var copy = await JournalCopy.Read(journal);
        return JournalAudit.Of(copy, _sourceId, [.. _stage.Sender.Operations], _stage.Log.Answers);
    }

    private ChaosFigures Figures(JournalAudit audit)
    {
        foreach (var (point, count) in _stage.Processes.SelectMany(process => process.Deaths))
        {
            var name = $"Kill {point}";
            _faults[name] = _faults.GetValueOrDefault(name) + count;
        }

        Recoveries(Starts)
            .AddRange(
                _stage.Processes.SelectMany(process => process.Recoveries).Select(time => time.TotalMilliseconds)
            );
        return new ChaosFigures(
            _options.Store,
            _options.ProcessCount,
            _options.Seed,
            _faults,
            _stage.Log.Acknowledged,
            _stage.Log.EverUnknown,
            _stage.Log.CommittedUnknown,
            _stage.Log.Unavailable,
            _stage.Log.Broken,
            _stage.Processes.Sum(process => process.GivenUp),
            audit.Lost,
            audit.Doubled,
            audit.EventCount,
            audit.DeadlinesReached,
            _repeats,
            _recoveries.ToDictionary(pair => pair.Key, pair => (IReadOnlyList<double>)pair.Value),
            [.. _violations.Select(violation => violation.ToString()).Distinct()],
            [.. _violations.Select(violation => violation.Finding).Distinct()]
        );
    }

    private void Report(Finding finding, string text) => _violations.Add(new Violation(finding, text));
}
