using EcosystemSilo.Grains.Interfaces.Operations;
using Microsoft.Extensions.Logging;
using Orleans.Runtime.Services;
using Orleans.Services;

namespace EcosystemSilo.Silo.Operations;

/// <summary>What every silo tells the others of itself, and does for them.</summary>
[Alias("ecosystemsilo.silo-reports")]
internal interface ISiloReports : IGrainService
{
    /// <summary>Answers with a <see cref="ProcessReport"/>.</summary>
    [Alias("report")]
    Task<byte[]> Report();

    /// <summary>Takes a <see cref="LogLevelChange"/> and answers with what became of it.</summary>
    [Alias("log")]
    Task<byte[]> Log(byte[] change);
}

/// <summary>It is where its silo is, without a directory that another silo might keep.</summary>
internal sealed class SiloReports(
    GrainId id,
    Orleans.Runtime.Silo silo,
    ILoggerFactory loggers,
    OwnReport own,
    LogLevels levels
) : GrainService(id, silo, loggers), ISiloReports
{
    public Task<byte[]> Report() => Task.FromResult(ReportJson.Write(own.Take(), ReportJson.Default.ProcessReport));

    public Task<byte[]> Log(byte[] change)
    {
        var outcome = levels.Change(ReportJson.Read(change, ReportJson.Default.LogLevelChange));
        IReadOnlyList<LogLevelOutcome> outcomes = [new(own.Name, outcome)];
        return Task.FromResult(ReportJson.Write(outcomes, ReportJson.Default.IReadOnlyListLogLevelOutcome));
    }
}

/// <summary>Where a silo reaches the others.</summary>
internal sealed class SiloReportsOf(IServiceProvider services) : GrainServiceClient<ISiloReports>(services)
{
    public ISiloReports At(SiloAddress silo) => GetGrainService(silo);
}
