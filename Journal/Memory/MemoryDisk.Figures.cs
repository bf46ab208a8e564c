namespace EcosystemSilo.Journal.Memory;

/// <summary>What is read for operators.</summary>
public sealed partial class MemoryDisk
{
    internal JournalFigures Figures(DateTimeOffset now, DateTimeOffset clock)
    {
        lock (gate)
        {
            var due = Due(now).OrderBy(deadline => deadline.Due).Take(JournalLimits.DueCountedMax).ToList();
            return new JournalFigures(
                LastPosition(),
                [
                    .. readers
                        .OrderBy(reader => reader.Key, StringComparer.Ordinal)
                        .Select(reader => new ReaderPlace(reader.Key, reader.Value.Checkpoint)),
                ],
                [
                    .. leases
                        .OrderBy(lease => lease.Key, StringComparer.Ordinal)
                        .Select(lease => new TakenLease(lease.Key, lease.Value.Holder, lease.Value.Until - clock)),
                ],
                due.Count,
                due is [var oldest, ..] ? oldest.Due : null
            );
        }
    }
}
