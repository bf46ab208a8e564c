using System.Text.Json;
using EcosystemSilo.Grains.Interfaces.Operations;
using Orleans.Concurrency;

namespace EcosystemSilo.Silo.Operations;

/// <summary>Asks all silos on behalf of an operator, from whichever silo the question comes to.</summary>
[GrainInterfaceType("ecosystemsilo.operations")]
[Alias("ecosystemsilo.operations")]
internal interface IOperationsDesk : IGrainWithIntegerKey
{
    /// <summary>Answers with a <see cref="SiloReport"/> of each.</summary>
    [Alias("look")]
    [ResponseTimeout(OperationsLimits.RoundMax)]
    Task<byte[]> Look();

    /// <summary>Hands a <see cref="LogLevelChange"/> on and answers with what became of it.</summary>
    [Alias("log")]
    [ResponseTimeout(OperationsLimits.RoundMax)]
    Task<byte[]> Log(byte[] change);
}

/// <summary>
/// Every silo has it for itself, so that finding it asks nobody: not a silo that hangs and keeps a part of the
/// directory.
/// </summary>
[StatelessWorker]
[Reentrant]
[GrainType("operations-desk")]
internal sealed class OperationsDesk(SiloReportsOf reports, IClusterMembershipService membership)
    : Grain,
        IOperationsDesk
{
    public async Task<byte[]> Look()
    {
        var table = Members();
        var answers = await Task.WhenAll(Active().Select(Ask));
        var reported = answers.ToDictionary(answer => answer.Silo, answer => answer.Report);
        IReadOnlyList<SiloReport> silos =
        [
            .. (await table)
                .Select(member => member with { Report = reported.GetValueOrDefault(member.Address) })
                .OrderBy(silo => silo.State is MemberState.Dead)
                .ThenByDescending(silo => silo.StartedAt)
                .Take(OperationsLimits.SilosShownMax),
        ];
        return ReportJson.Write(silos, ReportJson.Default.IReadOnlyListSiloReport);
    }

    public async Task<byte[]> Log(byte[] change)
    {
        var wanted = ReportJson.Read(change, ReportJson.Default.LogLevelChange).Silo;
        var meant = Active().Where(silo => wanted is null || silo.ToParsableString() == wanted);
        var answers = await Task.WhenAll(meant.Select(silo => Tell(silo, change)));
        IReadOnlyList<LogLevelOutcome> outcomes = [.. answers.SelectMany(each => each)];
        return ReportJson.Write(outcomes, ReportJson.Default.IReadOnlyListLogLevelOutcome);
    }

    private IEnumerable<SiloAddress> Active() =>
        membership
            .CurrentSnapshot.Members.Values.Where(member => member.Status is SiloStatus.Active)
            .Select(member => member.SiloAddress);

    private async Task<(string Silo, ProcessReport? Report)> Ask(SiloAddress silo)
    {
        var report = await Soon(async () =>
            ReportJson.Read(await reports.At(silo).Report(), ReportJson.Default.ProcessReport)
        );
        return (silo.ToParsableString(), report);
    }

    private async Task<IReadOnlyList<LogLevelOutcome>> Tell(SiloAddress silo, byte[] change) =>
        await Soon(async () =>
            ReportJson.Read(await reports.At(silo).Log(change), ReportJson.Default.IReadOnlyListLogLevelOutcome)
        ) ?? [new LogLevelOutcome(silo.ToParsableString(), ChangeOutcome.NoAnswer)];

    /// <summary>What the membership table says; while it does not answer, what this silo remembers of it.</summary>
    private async Task<IEnumerable<SiloReport>> Members() =>
        await Soon(() => GrainFactory.GetGrain<IManagementGrain>(0).GetDetailedHosts()) is { } rows
            ? rows.Select(SiloRows.Of)
            : membership.CurrentSnapshot.Members.Values.Select(SiloRows.Of);

    /// <summary>Null when there is no answer in time, for whatever reason: the operator sees who is silent.</summary>
    private static async Task<T?> Soon<T>(Func<Task<T>> ask)
        where T : class
    {
        try
        {
            return await ask().WaitAsync(OperationsLimits.AnswerMax, TimeProvider.System);
        }
        catch (Exception fault) when (fault is TimeoutException or OrleansException or JsonException)
        {
            return null;
        }
    }
}
