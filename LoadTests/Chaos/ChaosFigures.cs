using System.Text.Json;
using EcosystemSilo.LoadTests.Chaos.Audit;
using EcosystemSilo.LoadTests.Reports;
using Spectre.Console;

namespace EcosystemSilo.LoadTests.Chaos;

/// <summary>What one run came to. Times are milliseconds.</summary>
/// <param name="Faults">How often each was inflicted: for kills by the point where the process died.</param>
/// <param name="EverUnknown">Operations whose outcome was not known at some time; each was sent again.</param>
/// <param name="CommittedUnknown">Of these, the ones that had taken effect, by what the repeat was told.</param>
/// <param name="Broken">Answers 5xx other than 503.</param>
/// <param name="GivenUp">Processes that their cluster gave up; each ended with its exit code and was started
/// again.</param>
/// <param name="Recoveries">From the end of a fault until every grain that was asked answered, by fault; and from each
/// new start until the process was ready.</param>
internal sealed record ChaosFigures(
    string Store,
    int Processes,
    int Seed,
    IReadOnlyDictionary<string, int> Faults,
    int Acknowledged,
    int EverUnknown,
    int CommittedUnknown,
    int Unavailable,
    int Broken,
    int GivenUp,
    int Lost,
    int Doubled,
    int Events,
    int DeadlinesReached,
    int Repeats,
    IReadOnlyDictionary<string, IReadOnlyList<double>> Recoveries,
    IReadOnlyList<string> Violations,
    IReadOnlyList<Finding> Findings
)
{
    private const string NotChecked = "promise 7 (money): not checked, the product has no ledger yet";

    public int FaultCount => Faults.Values.Sum();

    /// <summary>The longest of all recoveries.</summary>
    public double RecoveryMax => Recoveries.Values.SelectMany(times => times).DefaultIfEmpty().Max();

    public void Print()
    {
        var table = new Table().AddColumn($"{Store}, {Processes} process(es), seed {Seed}").AddColumn("");
        foreach (var (fault, count) in Faults)
        {
            table.AddRow($"fault: {fault}", $"{count}");
        }

        table.AddRow("operations acknowledged", $"{Acknowledged:n0}");
        table.AddRow("outcome unknown at some time", $"{EverUnknown:n0}");
        table.AddRow("of these committed all the same", $"{CommittedUnknown:n0}");
        table.AddRow("answered 503 / another 5xx", $"{Unavailable:n0} / {Broken:n0}");
        table.AddRow("processes given up by their cluster", $"{GivenUp:n0}");
        table.AddRow("acknowledged and lost", $"{Lost}");
        table.AddRow("doubled", $"{Doubled}");
        table.AddRow("repeats of the acknowledged, all told so", $"{Repeats:n0}");
        table.AddRow("events in the journal", $"{Events:n0}");
        table.AddRow("deadlines reached", $"{DeadlinesReached:n0}");
        foreach (var (name, times) in Recoveries)
        {
            table.AddRow(
                $"recovery: {name}, p50 / p99 / max",
                $"{times.Percentile(0.5):n0} / {times.Percentile(0.99):n0} / {times.Percentile(1):n0} ms"
            );
        }

        table.AddRow("violations", $"{Violations.Count}");
        table.AddRow("promises 1-6 and 8", Violations.Count == 0 ? "kept" : "BROKEN");
        AnsiConsole.Write(table);
        AnsiConsole.WriteLine(NotChecked);
        if (FaultCount > 0 && Violations.Count == 0)
        {
            AnsiConsole.WriteLine(
                $"No failure in N = {FaultCount} faults bounds the rate at 3/N = {3.0 / FaultCount:p2}, with 95 % confidence."
            );
        }

        foreach (var violation in Violations.Take(20))
        {
            AnsiConsole.WriteLine(violation);
        }
    }

    public void Write(string file) =>
        File.WriteAllText(file, JsonSerializer.Serialize(this, new JsonSerializerOptions { WriteIndented = true }));
}
