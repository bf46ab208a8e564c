using EcosystemSilo.LoadTests.Generator;
using EcosystemSilo.LoadTests.Processes;

namespace EcosystemSilo.LoadTests.Scenarios;

/// <summary>How a load is sent: callers, time and, for an open loop, the rate.</summary>
internal sealed record LoadShape(int Callers, TimeSpan WarmUp, TimeSpan Duration, double? PerSecond = null)
{
    /// <summary>More than any server here answers, so that a run ends by time and not for want of requests.</summary>
    private const int PerSecondMax = 40_000;

    /// <summary>Requests to make ready.</summary>
    public int Count { get; private init; } =
        (int)Math.Min(LoadLimits.RequestsMax, (WarmUp + Duration).TotalSeconds * (PerSecond ?? PerSecondMax));

    /// <summary>Why it cannot be sent as it is asked for; null when it can.</summary>
    public string? Fault =>
        PerSecond is { } rate ? OpenFault((WarmUp + Duration).TotalSeconds * rate)
        : WarmUp + Duration > LoadLimits.SignaturesHold
            ? $"A closed loop lasts at most {LoadLimits.SignaturesHold} with its warm-up; give a --rate for longer."
        : null;

    /// <summary>So many, once, as fast as they are taken.</summary>
    public static LoadShape Once(int count) => new(64, TimeSpan.Zero, TimeSpan.FromMinutes(1)) { Count = count };

    private static string? OpenFault(double requests) =>
        requests > LoadLimits.RequestsMax
            ? $"That would be {requests:n0} requests; {LoadLimits.RequestsMax:n0} are the most that one run sends."
            : null;
}

/// <summary>What server, database and generator have used; memory is what they use now.</summary>
internal sealed record Usage(ServerUsage Server, ServerUsage Database, ServerUsage Generator, RuntimeFigures Runtime)
{
    public Usage Since(Usage before) =>
        new(
            Server with
            {
                Cpu = Server.Cpu - before.Server.Cpu,
            },
            Database with
            {
                Cpu = Database.Cpu - before.Database.Cpu,
            },
            Generator with
            {
                Cpu = Generator.Cpu - before.Generator.Cpu,
            },
            Runtime - before.Runtime
        );
}

/// <summary>One measured run of a contestant.</summary>
internal sealed record Measurement(string Contestant, LoadResult Load, Usage Usage)
{
    public double PerSecond => Load.PerSecond;

    public TimeSpan P(double percent) => Load.Latencies.Percentile(percent);

    /// <summary>Processor time of all three for one delivery, in microseconds.</summary>
    public double CpuMicroseconds(ServerUsage of) => Each(of.Cpu.TotalMicroseconds);

    /// <summary>Managed memory that the server allocated for one delivery.</summary>
    public double AllocatedBytes => Each(Usage.Runtime.AllocatedBytes);

    /// <summary>Of several loads sent at once: what was used is shared evenly by all that was done.</summary>
    public Measurement ShareOf(long done)
    {
        var share = done > 0 ? (double)Load.Done / done : 0;
        return this with
        {
            Usage = Usage with
            {
                Server = Usage.Server with { Cpu = Usage.Server.Cpu * share },
                Database = Usage.Database with { Cpu = Usage.Database.Cpu * share },
                Generator = Usage.Generator with { Cpu = Usage.Generator.Cpu * share },
                Runtime = Usage.Runtime with { AllocatedBytes = (long)(Usage.Runtime.AllocatedBytes * share) },
            },
        };
    }

    private double Each(double all) => Load.Done > 0 ? all / Load.Done : 0;

    public string Errors => Describe(Load.Errors);

    public static string Describe(IReadOnlyDictionary<string, long> errors) =>
        string.Join(", ", errors.Select(error => $"{error.Value} x {error.Key}"));
}
