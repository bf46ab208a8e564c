namespace EcosystemSilo.Journal.Memory;

/// <summary>What processes share out among themselves: due deadlines and leases.</summary>
public sealed partial class MemoryDisk
{
    private readonly HashSet<string> parked = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Lease> leases = new(StringComparer.Ordinal);

    internal IReadOnlyList<Deadline> DueDeadlines(DateTimeOffset now, int max)
    {
        lock (gate)
        {
            return [.. Due(now).OrderBy(deadline => deadline.Due).Take(max)];
        }
    }

    internal IReadOnlyList<Deadline> DeadlinesOf(string grain)
    {
        lock (gate)
        {
            return
            [
                .. Due(DateTimeOffset.MaxValue)
                    .Where(deadline => deadline.Grain == grain)
                    .OrderBy(deadline => deadline.Due)
                    .Take(JournalLimits.DeadlinesListedMax),
            ];
        }
    }

    internal IReadOnlyList<Deadline> ClaimDeadlines(DateTimeOffset now, int max, DateTimeOffset clock)
    {
        lock (gate)
        {
            Deadline[] free =
            [
                .. Due(now)
                    .Where(deadline => !parked.Contains(deadline.Grain))
                    .Where(deadline => IsOver(Stored(deadline).ClaimedUntil, clock, JournalLimits.DeadlineClaim))
                    .OrderBy(deadline => Stored(deadline).ClaimedUntil)
                    .ThenBy(deadline => deadline.Due)
                    .Take(max),
            ];
            foreach (var deadline in free)
            {
                Stored(deadline).ClaimedUntil = clock + JournalLimits.DeadlineClaim;
            }
            return free;
        }
    }

    internal IReadOnlyList<string> HoldLeases(
        string holder,
        IReadOnlyList<string> names,
        TimeSpan lasting,
        DateTimeOffset clock
    )
    {
        lock (gate)
        {
            string[] held =
            [
                .. names.Where(name =>
                    !leases.TryGetValue(name, out var lease)
                    || lease.Holder == holder
                    || IsOver(lease.Until, clock, lasting)
                ),
            ];
            foreach (var name in held)
            {
                leases[name] = new Lease(holder, clock + lasting);
            }
            return held;
        }
    }

    internal void ReleaseLeases(string holder)
    {
        lock (gate)
        {
            foreach (var lease in leases.Where(lease => lease.Value.Holder == holder).ToList())
            {
                leases.Remove(lease.Key);
            }
        }
    }

    private void ChangeDeadlines(Append append)
    {
        if (append.ParksDeadlines is { } parks)
        {
            _ = parks ? parked.Add(append.Grain) : parked.Remove(append.Grain);
            foreach (var deadline in deadlines.Where(deadline => deadline.Key.Grain == append.Grain))
            {
                deadline.Value.ClaimedUntil = default;
            }
        }

        foreach (var change in append.Deadlines)
        {
            var key = (append.Grain, change.Name);
            if (change.Due is { } due)
            {
                deadlines[key] = new StoredDeadline(Stored(due));
            }
            else if (
                change.Was is not { } was
                || (deadlines.TryGetValue(key, out var stored) && stored.Due == Stored(was))
            )
            {
                deadlines.Remove(key);
            }
        }
    }

    private IEnumerable<Deadline> Due(DateTimeOffset now) =>
        deadlines
            .Where(deadline => deadline.Value.Due <= now)
            .Select(deadline => new Deadline(deadline.Key.Grain, deadline.Key.Name, deadline.Value.Due))
            .OrderBy(deadline => deadline.Grain, StringComparer.Ordinal)
            .ThenBy(deadline => deadline.Name, StringComparer.Ordinal);

    private static DateTimeOffset Stored(DateTimeOffset time) => StoredTime.To(StoredTime.From(time));

    private StoredDeadline Stored(Deadline deadline) => deadlines[(deadline.Grain, deadline.Name)];

    /// <summary>
    /// An end twice as far away as it can have been set shows that the clock was put back: it is void.
    /// </summary>
    private static bool IsOver(DateTimeOffset until, DateTimeOffset clock, TimeSpan lasting) =>
        until <= clock || until > clock + (2 * lasting);

    private sealed class StoredDeadline(DateTimeOffset due)
    {
        public DateTimeOffset Due => due;
        public DateTimeOffset ClaimedUntil { get; set; }
    }

    private sealed record Lease(string Holder, DateTimeOffset Until);
}
