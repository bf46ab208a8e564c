namespace EcosystemSilo.Journal;

/// <summary>
/// The newest events that this process has committed, without a gap. Readers that keep up take them from here, so that
/// what was just written need not be read back; whoever is further behind, and whatever another process wrote, is read
/// from the store.
/// </summary>
internal sealed class RecentEvents
{
    private readonly Lock gate = new();
    private readonly RecordedEvent[] ring = new RecordedEvent[JournalLimits.RecentEventsMax];
    private long oldest = 1;
    private long newest;
    private long bytes;

    /// <summary>Takes the events of a durable batch, of which each append has one result.</summary>
    public void Add(IReadOnlyList<Append> batch, AppendResult[] results)
    {
        var order = new List<int>(results.Length);
        var isSorted = true;
        for (var i = 0; i < results.Length; i++)
        {
            if (results[i].Outcome == AppendOutcome.Committed && batch[i].Events.Count > 0)
            {
                isSorted &= order.Count == 0 || results[order[^1]].Position < results[i].Position;
                order.Add(i);
            }
        }
        if (!isSorted)
        {
            order.Sort((one, other) => results[one].Position.CompareTo(results[other].Position));
        }
        lock (gate)
        {
            order.ForEach(i => Add(batch[i], results[i]));
        }
    }

    /// <summary>
    /// A page as the store would give it, of at least one event after the position; null when the store must be asked.
    /// </summary>
    public IReadOnlyList<RecordedEvent>? After(long position, int max)
    {
        lock (gate)
        {
            if (position >= newest || position < oldest - 1)
            {
                return null;
            }
            var (count, payload) = (0, 0L);
            while (count < max && position + count < newest && payload < JournalLimits.PageBytesMax)
            {
                count++;
                payload += At(position + count).Payload.Length;
            }
            var found = new RecordedEvent[count];
            for (var i = 0; i < count; i++)
            {
                found[i] = At(position + 1 + i);
            }
            return found;
        }
    }

    private ref RecordedEvent At(long position) => ref ring[position % ring.Length];

    private void Add(Append append, AppendResult result)
    {
        var position = result.Position - append.Events.Count;
        if (position != newest)
        {
            // Another process wrote in between.
            (oldest, newest, bytes) = (position + 1, position, 0);
            Array.Clear(ring);
        }
        var version = result.Version - append.Events.Count;
        var at = StoredTime.To(StoredTime.From(append.At));
        foreach (var happened in append.Events)
        {
            MakeRoomFor(happened.Payload.Length);
            newest++;
            version++;
            At(newest) = new RecordedEvent(
                newest,
                append.Grain,
                version,
                happened.Name,
                happened.Shape,
                happened.Payload,
                at,
                append.Correlation,
                append.Actor,
                append.Command.Id
            );
        }
    }

    private void MakeRoomFor(int payloadBytes)
    {
        bytes += payloadBytes;
        while (newest >= oldest && (newest - oldest + 1 >= ring.Length || bytes > JournalLimits.RecentBytesMax))
        {
            ref var forgotten = ref At(oldest);
            bytes -= forgotten.Payload.Length;
            forgotten = null!;
            oldest++;
        }
    }
}
