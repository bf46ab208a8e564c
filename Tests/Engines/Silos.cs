using EcosystemSilo.Journal.Memory;
using EcosystemSilo.Tests.Support;

namespace EcosystemSilo.Tests.Engines;

/// <summary>
/// Silos in one process that share a disk, as processes share a database; and silos with a watched journal.
/// </summary>
internal static class Silos
{
    public static Task<TestSilo> On(MemoryDisk disk, TimeProvider? clock = null) =>
        TestSilo.Start(clock: clock, journal: new MemoryJournal(disk, TimeProvider.System));

    public static async Task<(TestSilo Silo, WatchedJournal Journal)> Watched(MemoryDisk? disk = null)
    {
        var journal = new WatchedJournal(new MemoryJournal(disk ?? new MemoryDisk(), TimeProvider.System));
        return (await TestSilo.Start(journal: journal), journal);
    }
}
