using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace EcosystemSilo.Silo.EventHubs;

/// <summary>The partitions that this process reads.</summary>
internal sealed class HubPartitions
{
    private readonly ConcurrentDictionary<Guid, HubPartition> _read = [];

    public IEnumerable<HubPartition> All => _read.Values;

    public bool TryFind(Guid reader, [NotNullWhen(true)] out HubPartition? partition) =>
        _read.TryGetValue(reader, out partition);

    public void Add(HubPartition partition) => _read[partition.Reader] = partition;

    public void Remove(HubPartition partition) => _read.TryRemove(partition.Reader, out _);
}
