using System.Text.Json;
using EcosystemSilo.Grains;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Operations;
using EcosystemSilo.Journal;
using EcosystemSilo.Silo.Activations;
using EcosystemSilo.Silo.Calls;
using EcosystemSilo.Silo.Hosting;
using EcosystemSilo.Silo.Membership;
using Microsoft.Extensions.Logging;

namespace EcosystemSilo.Silo.Operations;

/// <summary>Operators' questions, asked of the silos through Orleans and of the journal beside them.</summary>
internal sealed class ClusterOperations(
    IGrainFactory factory,
    IClusterLink link,
    ClusterOptions cluster,
    IJournal journal,
    OwnReport own,
    LogLevels levels,
    OperationsOptions options,
    TimeProvider clock,
    ILogger<ClusterOperations> logger
) : IOperations
{
    private static readonly GrainInterfaceType Calls = GrainInterfaceType.Create(IGrainCalls.Name);

    private int _desks;

    public IReadOnlyList<string> Kinds { get; } =
    [.. GrainKinds.All.Select(kind => kind.Name).Order(StringComparer.Ordinal)];

    public async Task<OperationsView> Look(CancellationToken cancellation)
    {
        var asking = Desks(desk => desk.Look());
        var figures = Soon(journal.Figures(clock.GetUtcNow(), CancellationToken.None));
        var answer = await asking.WaitAsync(cancellation);
        var silos = answer is null ? [] : ReportJson.Read(answer, ReportJson.Default.IReadOnlyListSiloReport);
        var mine = own.Take();
        // A process that runs a silo is among those that were asked.
        ProcessReport[] reports = [.. silos.Select(silo => silo.Report).OfType<ProcessReport>()];
        ProcessReport[] all = reports.Any(report => report.Process.Name == own.Name) ? reports : [.. reports, mine];
        return new OperationsView(
            clock.GetUtcNow(),
            answer is not null,
            [.. silos.Select(Merging.Silo)],
            mine.Process,
            Merging.Commands(all),
            await figures is { } journalled ? Merging.Journal(journalled, all) : null,
            options.Dashboard
        );
    }

    public async Task<GrainLook?> Find(GrainKey grain, CancellationToken cancellation)
    {
        var kind = GrainKinds.Of(grain);
        var place = Place(grain, kind);
        try
        {
            var state = await GrainHistories.Load(journal, kind, grain, cancellation);
            if (state.View is null)
            {
                return null;
            }

            var deadlines = await journal.DeadlinesOf(grain.ToString(), cancellation);
            var (where, silo) = await place;
            return new GrainLook(
                state.Version,
                JsonSerializer.SerializeToElement(state.View, Wire.Options.GetTypeInfo(kind.StateType)),
                [.. deadlines.Select(deadline => new PendingDeadline(deadline.Name, deadline.Due))],
                where,
                silo
            );
        }
        catch (JournalUnavailableException fault)
        {
            throw new GrainUnavailableException($"{grain} could not be read from the journal.", fault);
        }
    }

    public async Task<GrainPlace> Deactivate(GrainKey grain, Deactivation why, CancellationToken cancellation)
    {
        var (place, _) = await Place(grain, GrainKinds.Of(grain));
        OperationsLog.Deactivated(logger, grain.ToString(), why.Actor, why.Correlation, why.Reason, place);
        if (place is GrainPlace.Active)
        {
            var activation = (IGrainCalls)factory.GetGrain(GrainAddresses.Of(grain), Calls);
            try
            {
                await activation.Deactivate().WaitAsync(cancellation);
            }
            catch (Exception fault) when (CallRepeats.MayBeRepeated(fault))
            {
                cancellation.ThrowIfCancellationRequested();
                throw new GrainUnavailableException($"{grain} did not answer.", fault);
            }
        }

        return place;
    }

    public async Task<IReadOnlyList<LogLevelOutcome>> Log(LogLevelChange change, CancellationToken cancellation)
    {
        change = change with { Wish = $"{Guid.NewGuid():n}" };
        // A process that runs a silo is told with all others.
        var mine = new List<LogLevelOutcome>();
        if (!cluster.Role.RunsGrains() && change.Silo is null)
        {
            mine.Add(new LogLevelOutcome(own.Name, levels.Change(change)));
        }

        var wanted = ReportJson.Write(change, ReportJson.Default.LogLevelChange);
        var answer = await Desks(desk => desk.Log(wanted)).WaitAsync(cancellation);
        return answer is null
            ? [.. mine, new LogLevelOutcome("silos", ChangeOutcome.NoAnswer)]
            : [.. mine, .. ReportJson.Read(answer, ReportJson.Default.IReadOnlyListLogLevelOutcome)];
    }

    private async Task<(GrainPlace, string?)> Place(GrainKey grain, IGrainKind kind)
    {
        if (!kind.IsKept)
        {
            return (GrainPlace.NotKept, null);
        }

        if (!link.IsConnected)
        {
            return (GrainPlace.Unknown, null);
        }

        try
        {
            var reference = factory.GetGrain(GrainAddresses.Of(grain), Calls);
            var silo = await factory
                .GetGrain<IManagementGrain>(0)
                .GetActivationAddress(reference)
                .AsTask()
                .WaitAsync(OperationsLimits.AnswerMax, TimeProvider.System);
            return silo is null ? (GrainPlace.NotActive, null) : (GrainPlace.Active, silo.ToParsableString());
        }
        catch (Exception fault) when (CallRepeats.MayBeRepeated(fault))
        {
            return (GrainPlace.Unknown, null);
        }
    }

    /// <summary>
    /// The first answer of those that are asked at the same time; null when there is none.
    /// </summary>
    private async Task<byte[]?> Desks(Func<IOperationsDesk, Task<byte[]>> ask)
    {
        if (!link.IsConnected)
        {
            return null;
        }

        var asking = Enumerable
            .Range(0, cluster.Role.RunsGrains() ? 1 : OperationsLimits.RoundsAtOnce)
            .Select(_ => ask(NextDesk()).WaitAsync(OperationsLimits.RoundTime, TimeProvider.System));
        await foreach (var answer in Task.WhenEach(asking))
        {
            if (answer.IsCompletedSuccessfully)
            {
                return await answer;
            }
        }

        return null;
    }

    /// <summary>
    /// A client keeps to one silo for a grain, whichever silo has it, and takes the next silo for the next grain.
    /// </summary>
    private IOperationsDesk NextDesk() =>
        factory.GetGrain<IOperationsDesk>(
            cluster.Role.RunsGrains() ? 0 : (uint)Interlocked.Increment(ref _desks) % OperationsLimits.Desks
        );

    private static async Task<JournalFigures?> Soon(Task<JournalFigures> reading)
    {
        try
        {
            return await reading.WaitAsync(OperationsLimits.AnswerMax, TimeProvider.System);
        }
        catch (Exception fault) when (fault is TimeoutException or JournalUnavailableException)
        {
            return null;
        }
    }
}
