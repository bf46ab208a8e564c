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

    /// <summary>So many, once, as fast as they are taken.</summary>
    public static LoadShape Once(int count) => new(64, TimeSpan.Zero, TimeSpan.FromMinutes(1)) { Count = count };
}

/// <summary>What server, database and generator have used; memory is what they use now.</summary>
internal sealed record Usage(ServerUsage Server, ServerUsage Database, ServerUsage Generator)
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
            }
        );
}

/// <summary>One measured run of a contestant.</summary>
internal sealed record Measurement(string Contestant, LoadResult Load, Usage Usage)
{
    public double PerSecond => Load.PerSecond;

    public TimeSpan P(double percent) => Load.Latencies.Percentile(percent);

    /// <summary>Processor time of all three for one delivery, in microseconds.</summary>
    public double CpuMicroseconds(ServerUsage of) => Load.Done > 0 ? of.Cpu.TotalMicroseconds / Load.Done : 0;

    public string Errors => string.Join(", ", Load.Errors.Select(error => $"{error.Value} x {error.Key}"));
}
