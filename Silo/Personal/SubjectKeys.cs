using System.Collections.Concurrent;
using System.Security.Cryptography;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Journal;

namespace EcosystemSilo.Silo.Personal;

/// <summary>The keys of data subjects, opened and at hand.</summary>
internal sealed class SubjectKeys(IJournal journal, IKeySafe safe)
{
    private const int KeyBytes = 32;

    private readonly ConcurrentDictionary<string, byte[]> _opened = new(StringComparer.Ordinal);

    /// <summary>The key of a subject, made when there is none yet; null when it was destroyed.</summary>
    public async ValueTask<byte[]?> Keep(string subject, CancellationToken cancellation)
    {
        if (_opened.TryGetValue(subject, out var opened))
        {
            return opened;
        }

        var proposed = safe.Seal(RandomNumberGenerator.GetBytes(KeyBytes), subject);
        return Open(subject, await journal.KeepSubjectKey(subject, proposed, cancellation));
    }

    /// <summary>Whether the key of a subject is at hand, so that nothing must be fetched to use it.</summary>
    public bool IsOpen(string subject) => _opened.ContainsKey(subject);

    /// <summary>Holds the key of a subject no longer; whether it still exists is for the store to say.</summary>
    public void Drop(string subject) => _opened.TryRemove(subject, out _);

    /// <summary>The key of a subject; null when there is none or it was destroyed.</summary>
    public async ValueTask<byte[]?> Find(string subject, CancellationToken cancellation) =>
        _opened.TryGetValue(subject, out var opened)
            ? opened
            : Open(subject, await journal.FindSubjectKey(subject, cancellation));

    /// <summary>Destroys the key of a subject, in the store and here, and lets no other be made.</summary>
    public async Task Destroy(string subject, CancellationToken cancellation)
    {
        await journal.DestroySubjectKey(subject, cancellation);
        _opened.TryRemove(subject, out _);
    }

    /// <summary>Destroys the key of a subject that still has one; most often it has gone before.</summary>
    public async Task DestroyLeft(string subject, CancellationToken cancellation)
    {
        if (await Find(subject, cancellation) is not null)
        {
            await Destroy(subject, cancellation);
        }
    }

    private byte[]? Open(string subject, byte[]? kept)
    {
        if (kept is null)
        {
            return null;
        }

        if (_opened.Count >= Limits.SubjectKeysMax)
        {
            _opened.Clear();
        }

        return _opened.GetOrAdd(subject, safe.Open(kept, subject));
    }
}
