using EcosystemSilo.Journal;
using EcosystemSilo.Journal.Memory;

namespace EcosystemSilo.Tests.Simulation;

/// <summary>The store that all silos share, and what goes wrong between them and it.</summary>
internal sealed class SimulatedStore(int seed)
{
    private readonly Random _luck = new(seed);

    public MemoryDisk Disk { get; } = new();

    /// <summary>Nobody reaches it.</summary>
    public bool IsDown { get; set; }

    /// <summary>How likely each fault is at each call: one in so many; 0 for never.</summary>
    public int TroubleOneIn { get; set; }

    public MemoryJournal Connect(TimeProvider clock) =>
        new(
            Disk,
            clock,
            new MemoryFaults
            {
                BeforeCommit = _ => Suffer(clock),
                AfterCommit = _ => Suffer(clock),
                BeforeOther = () => Suffer(clock),
            }
        );

    /// <summary>
    /// Before a commit a fault means that nothing is durable, after it that all is and nobody knows. Slow is up to
    /// twice the patience of the journal.
    /// </summary>
    private async Task Suffer(TimeProvider clock)
    {
        if (IsDown)
        {
            throw new JournalUnavailableException("The store is down.");
        }

        if (Happens(TroubleOneIn))
        {
            throw new JournalUnavailableException("The connection to the store broke.");
        }

        var wait =
            Happens(TroubleOneIn) ? _luck.Next(4_000)
            : Happens(6) ? _luck.Next(1, 10)
            : 0;
        if (wait > 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(wait), clock);
        }
    }

    private bool Happens(int oneIn) => oneIn > 0 && _luck.Next(oneIn) == 0;
}
