using System.Diagnostics;
using EcosystemSilo.Journal;

namespace EcosystemSilo.LoadTests.Chaos.Hooks;

/// <summary>Where a process dies.</summary>
internal enum CrashPoint
{
    /// <summary>Anywhere: killed from outside at a random moment.</summary>
    Anywhere,

    /// <summary>A command is decided, and its append has not reached the store.</summary>
    BeforeCommit,

    /// <summary>A command's append is durable, and its caller has not heard of it.</summary>
    AfterCommit,

    /// <summary>The rows and the checkpoint of the read models are on their way to the store.</summary>
    InProjection,

    /// <summary>A reaction's command is durable, and the reaction's checkpoint is not.</summary>
    InReaction,
}

/// <param name="Countdown">How often the point is passed before it kills; 1 is the first time.</param>
internal sealed record CrashPlan(CrashPoint Point, int Countdown)
{
    public static CrashPlan Parse(string text)
    {
        var parts = text.Split(':');
        return new CrashPlan(Enum.Parse<CrashPoint>(parts[0]), int.Parse(parts[1]));
    }

    public override string ToString() => $"{Point}:{Countdown}";
}

/// <summary>Kills its own process (SIGKILL) at a crash point.</summary>
internal class CrashingJournal : InterceptedJournal
{
    private CrashPlan _plan = null!;
    private int _left;

    public static IJournal Around(IJournal journal, CrashPlan plan)
    {
        var around = Create<IJournal, CrashingJournal>();
        var self = (CrashingJournal)(object)around;
        (self.Inner, self._plan, self._left) = (journal, plan, plan.Countdown);
        return around;
    }

    protected override async Task<AppendResult> OnAppend(Append append, CancellationToken stop)
    {
        var isReaction = append.Command.Scope.EndsWith("/reaction", StringComparison.Ordinal);
        var isCallers =
            append.Command.Scope.Contains("/source/", StringComparison.Ordinal)
            || append.Command.Scope.Contains("/caller/", StringComparison.Ordinal);
        if (isCallers && _plan.Point == CrashPoint.BeforeCommit)
        {
            Pass();
        }

        var result = await Inner.Append(append, stop);
        if (
            (isCallers && _plan.Point == CrashPoint.AfterCommit) || (isReaction && _plan.Point == CrashPoint.InReaction)
        )
        {
            Pass();
        }

        return result;
    }

    protected override Task<bool> OnSave(ReaderProgress progress, CancellationToken stop)
    {
        var saving = Inner.SaveReader(progress, stop);
        if (_plan.Point == CrashPoint.InProjection && progress.Rows.Count > 0)
        {
            Pass();
        }

        return saving;
    }

    private void Pass()
    {
        if (Interlocked.Decrement(ref _left) == 0)
        {
            Process.GetCurrentProcess().Kill();
        }
    }
}
