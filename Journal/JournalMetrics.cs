using System.Diagnostics.Metrics;

namespace EcosystemSilo.Journal;

/// <summary>
/// What an operator watches: how long commits take, how many appends share one, and how often one fails.
/// </summary>
public static class JournalMetrics
{
    /// <summary>The name to subscribe to, for example with OpenTelemetry's AddMeter.</summary>
    public const string MeterName = "EcosystemSilo.Journal";

    private static readonly Meter Meter = new(MeterName);

    private static readonly Histogram<double> CommitSeconds = Meter.CreateHistogram<double>(
        "journal.commit.duration",
        "s",
        "Time from sending a batch to the store until it is durable."
    );

    private static readonly Histogram<int> CommitAppends = Meter.CreateHistogram<int>(
        "journal.commit.appends",
        "{append}",
        "Appends that shared one transaction."
    );

    private static readonly Counter<long> CommitFaults = Meter.CreateCounter<long>(
        "journal.commit.faults",
        "{fault}",
        "Tries of a commit that ended in a fault or without an answer."
    );

    private static readonly Counter<long> Conflicts = Meter.CreateCounter<long>(
        "journal.append.conflicts",
        "{append}",
        "Appends refused because their grain had moved on."
    );

    private static readonly Histogram<double> LoadSeconds = Meter.CreateHistogram<double>(
        "journal.load.duration",
        "s",
        "Time of a read of the histories of grains."
    );

    private static readonly Histogram<int> LoadGrains = Meter.CreateHistogram<int>(
        "journal.load.grains",
        "{grain}",
        "Grains whose histories shared one read."
    );

    internal static void Loaded(TimeSpan took, int grains)
    {
        LoadSeconds.Record(took.TotalSeconds);
        LoadGrains.Record(grains);
    }

    internal static void Committed(TimeSpan took, int appends)
    {
        CommitSeconds.Record(took.TotalSeconds);
        CommitAppends.Record(appends);
    }

    internal static void Failed() => CommitFaults.Add(1);

    internal static void Conflicted() => Conflicts.Add(1);
}
