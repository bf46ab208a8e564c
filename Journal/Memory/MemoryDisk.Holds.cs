namespace EcosystemSilo.Journal.Memory;

/// <summary>Who holds the journal; whoever dies here has let go before.</summary>
public sealed partial class MemoryDisk
{
    private readonly List<MemoryHold> holds = [];

    internal IJournalHold? TryHold(HoldKind kind)
    {
        lock (gate)
        {
            if (holds.Any(held => kind == HoldKind.Alone || held.Kind == HoldKind.Alone))
            {
                return null;
            }
            var hold = new MemoryHold(this, kind);
            holds.Add(hold);
            return hold;
        }
    }

    private void Release(MemoryHold hold)
    {
        lock (gate)
        {
            holds.Remove(hold);
        }
    }

    private sealed class MemoryHold(MemoryDisk disk, HoldKind kind) : IJournalHold
    {
        private readonly TaskCompletionSource lost = new(Scheduling.Asynchronously);

        public HoldKind Kind => kind;

        public Task Lost => lost.Task;

        public ValueTask DisposeAsync()
        {
            disk.Release(this);
            return ValueTask.CompletedTask;
        }
    }
}
