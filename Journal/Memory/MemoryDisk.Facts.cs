namespace EcosystemSilo.Journal.Memory;

/// <summary>The facts of the installation.</summary>
public sealed partial class MemoryDisk
{
    private readonly SortedDictionary<string, byte[]> facts = new(StringComparer.Ordinal);

    internal byte[] KeepFact(string name, ReadOnlyMemory<byte> value)
    {
        lock (gate)
        {
            facts.TryAdd(name, value.ToArray());
            return facts[name];
        }
    }

    internal IReadOnlyList<InstallationFact> Facts(string prefix)
    {
        lock (gate)
        {
            return
            [
                .. facts
                    .Where(fact => fact.Key.StartsWith(prefix, StringComparison.Ordinal))
                    .Select(fact => new InstallationFact(fact.Key, fact.Value)),
            ];
        }
    }
}
