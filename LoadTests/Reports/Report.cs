using System.Text.Json;
using EcosystemSilo.LoadTests.Goals;
using EcosystemSilo.LoadTests.Scenarios;

namespace EcosystemSilo.LoadTests.Reports;

/// <summary>Everything that a run found.</summary>
/// <param name="Processors">That product, peers, database and generator share.</param>
internal sealed record Report(
    DateTimeOffset At,
    TimeSpan Took,
    int Processors,
    string Runtime,
    bool IsOptimised,
    IReadOnlyList<GoalResult> Goals,
    IReadOnlyList<string> Failures,
    IReadOnlyList<RunSummary> Runs
)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static Report Of(
        IReadOnlyList<GoalResult> goals,
        IReadOnlyList<string> failures,
        IEnumerable<Measurement> runs,
        TimeSpan took
    ) =>
        new(
            TimeProvider.System.GetUtcNow(),
            took,
            Environment.ProcessorCount,
            System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription,
            IsBuiltOptimised(),
            goals,
            failures,
            [.. runs.Select(RunSummary.Of)]
        );

    /// <summary>Writes report.html and report.json and returns the path of the former.</summary>
    public async Task<string> Save(string folder)
    {
        var path = Directory.CreateDirectory(folder).FullName;
        await File.WriteAllTextAsync(Path.Combine(path, "report.json"), JsonSerializer.Serialize(this, Options));
        var page = Path.Combine(path, "report.html");
        await File.WriteAllTextAsync(page, HtmlReport.Of(this));
        return page;
    }

    /// <summary>A Debug build measures nothing worth knowing, and the report says so.</summary>
    private static bool IsBuiltOptimised() =>
        typeof(Report)
            .Assembly.GetCustomAttributes(typeof(System.Diagnostics.DebuggableAttribute), inherit: false)
            .OfType<System.Diagnostics.DebuggableAttribute>()
            .All(debuggable => !debuggable.IsJITOptimizerDisabled);
}

/// <summary>
/// One measured run in plain numbers: milliseconds, and microseconds of processor time a delivery.
/// </summary>
/// <param name="AllocatedBytes">Managed memory that the server allocated for one delivery.</param>
/// <param name="Gen0">The server's collections during the run.</param>
/// <param name="PausedMilliseconds">How long they stopped the server, all together.</param>
/// <param name="Rates">Good answers a second, in equal parts of <paramref name="Seconds"/>.</param>
internal sealed record RunSummary(
    string Name,
    double PerSecond,
    double P50,
    double P90,
    double P99,
    double P999,
    double Max,
    double ServerCpu,
    double DatabaseCpu,
    double GeneratorCpu,
    double ServerMegabytes,
    double AllocatedBytes,
    int Gen0,
    int Gen1,
    int Gen2,
    double PausedMilliseconds,
    double Seconds,
    IReadOnlyList<double> Rates,
    IReadOnlyDictionary<string, long> Errors
)
{
    /// <summary>As they are drawn.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public IReadOnlyList<double> Latencies => [P50, P90, P99, P999, Max];

    public string Collections => $"{Gen0} / {Gen1} / {Gen2}";

    public string ErrorsText => Errors.Count > 0 ? Measurement.Describe(Errors) : "none";

    public static RunSummary Of(Measurement run) =>
        new(
            run.Contestant,
            run.PerSecond,
            run.P(50).TotalMilliseconds,
            run.P(90).TotalMilliseconds,
            run.P(99).TotalMilliseconds,
            run.P(99.9).TotalMilliseconds,
            run.Load.Latencies.Max.TotalMilliseconds,
            run.CpuMicroseconds(run.Usage.Server),
            run.CpuMicroseconds(run.Usage.Database),
            run.CpuMicroseconds(run.Usage.Generator),
            run.Usage.Server.MemoryBytes / 1024.0 / 1024.0,
            run.AllocatedBytes,
            run.Usage.Runtime.Gen0,
            run.Usage.Runtime.Gen1,
            run.Usage.Runtime.Gen2,
            run.Usage.Runtime.Paused.TotalMilliseconds,
            run.Load.Elapsed.TotalSeconds,
            run.Load.Rates,
            run.Load.Errors
        );
}
