namespace EcosystemSilo.Journal.Memory;

/// <summary>The keys of data subjects; null is one that was destroyed.</summary>
public sealed partial class MemoryDisk
{
    private readonly Dictionary<string, byte[]?> subjectKeys = new(StringComparer.Ordinal);

    internal byte[]? KeepSubjectKey(string subject, ReadOnlyMemory<byte> key)
    {
        lock (gate)
        {
            subjectKeys.TryAdd(subject, key.ToArray());
            return subjectKeys[subject];
        }
    }

    internal byte[]? FindSubjectKey(string subject)
    {
        lock (gate)
        {
            return subjectKeys.GetValueOrDefault(subject);
        }
    }

    internal void DestroySubjectKey(string subject)
    {
        lock (gate)
        {
            subjectKeys[subject] = null;
        }
    }
}
