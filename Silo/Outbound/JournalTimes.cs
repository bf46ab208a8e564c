using EcosystemSilo.Journal;

namespace EcosystemSilo.Silo.Outbound;

internal static class JournalTimes
{
    /// <summary>
    /// The position of the last event before a time, by halves: about twenty reads for a million events. Times rise
    /// with
    /// positions as far as the clocks of processes agree.
    /// </summary>
    public static async Task<long> PositionBefore(
        this IJournal journal,
        DateTimeOffset time,
        CancellationToken cancellation
    )
    {
        var (before, after) = (0L, await journal.LastPosition(cancellation) + 1);
        while (after - before > 1)
        {
            var middle = before + ((after - before) / 2);
            var events = await journal.ReadAll(middle - 1, 1, cancellation);
            if (events is [{ } found, ..] && found.At < time)
            {
                before = middle;
            }
            else
            {
                after = middle;
            }
        }

        return before;
    }
}
