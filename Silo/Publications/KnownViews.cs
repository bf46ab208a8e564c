using System.Collections.Concurrent;
using System.Collections.Frozen;
using EcosystemSilo.Grains;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.ApiKeys;
using EcosystemSilo.Grains.Interfaces.Sources;
using EcosystemSilo.Grains.Interfaces.SourceUsers;
using EcosystemSilo.Journal;
using EcosystemSilo.Silo.Activations;

namespace EcosystemSilo.Silo.Publications;

/// <summary>
/// Views of a few kinds, read from the journal when first asked for and kept up to date by
/// <see cref="PublicationReader"/>. Those of grains without events are not kept, so that guessed ids leave nothing
/// behind.
/// </summary>
internal sealed class KnownViews(IJournal journal, WaitClock waits) : IKnownViews
{
    private static readonly FrozenSet<string> Kinds = new[]
    {
        ApiKeyKey.Kind,
        SourceKey.Kind,
        SourceUserKey.Kind,
    }.ToFrozenSet(StringComparer.Ordinal);

    private readonly ConcurrentDictionary<GrainKey, KnownView> _known = new();
    private long _lookedAt = waits.Provider.GetTimestamp();

    public bool IsCurrent => waits.Provider.GetElapsedTime(Volatile.Read(ref _lookedAt)) < Limits.KnownViewsAge;

    public static bool Has(string kind) => Kinds.Contains(kind);

    public TView? Known<TView>(GrainKey key)
        where TView : class, IView => _known.TryGetValue(key, out var known) ? (TView?)known.View : null;

    public async ValueTask<TView?> Find<TView>(GrainKey key, CancellationToken cancellation)
        where TView : class, IView
    {
        if (Known<TView>(key) is { } known)
        {
            return known;
        }

        try
        {
            return (TView?)await Load(key).WaitAsync(cancellation);
        }
        catch (JournalUnavailableException fault)
        {
            throw new GrainUnavailableException($"{key} could not be read from the journal.", fault);
        }
    }

    /// <summary>The next that asks reads it from the journal, which has what was just committed.</summary>
    public void Forget(GrainKey key)
    {
        if (Has(key.Kind))
        {
            _known.TryRemove(key, out _);
        }
    }

    public void Hear(GrainKey key, RecordedEvent recorded)
    {
        if (_known.TryGetValue(key, out var known) && !known.Hear(GrainKinds.Of(key), recorded))
        {
            _known.TryRemove(new(key, known));
        }
    }

    /// <summary>The journal answered just now, and everything before has been heard.</summary>
    public void Looked() => Volatile.Write(ref _lookedAt, waits.Provider.GetTimestamp());

    private async Task<IView?> Load(GrainKey key)
    {
        if (_known.Count >= Limits.KnownViewsMax)
        {
            _known.Clear();
        }

        var known = _known.GetOrAdd(key, static _ => new KnownView());
        GrainState state;
        do
        {
            state = await GrainHistories.Load(journal, GrainKinds.Of(key), key, CancellationToken.None);
        } while (!known.Begin(state));

        if (state.View is null)
        {
            _known.TryRemove(new(key, known));
        }

        return state.View;
    }
}

/// <summary>One view, and what is heard of it while it is being read.</summary>
internal sealed class KnownView
{
    private readonly Lock _gate = new();
    private GrainState _state;
    private long _heard;

    public IView? View
    {
        get
        {
            lock (_gate)
            {
                return _state.View;
            }
        }
    }

    /// <summary>False when the journal has gone on since it was read: read again.</summary>
    public bool Begin(GrainState state)
    {
        lock (_gate)
        {
            if (state.Version < _heard)
            {
                return false;
            }

            if (state.Version > _state.Version)
            {
                _state = state;
            }

            return true;
        }
    }

    /// <summary>False when something was missed before it, or it is of a newer build: it must be read anew.</summary>
    public bool Hear(IGrainKind kind, RecordedEvent recorded)
    {
        lock (_gate)
        {
            _heard = Math.Max(_heard, recorded.Version);
            if (_state.View is null || recorded.Version <= _state.Version)
            {
                return true;
            }

            if (recorded.Version != _state.Version + 1 || !GrainCodec.Knows(recorded))
            {
                return false;
            }

            _state = GrainCodec.Advance(kind, _state, recorded);
            return true;
        }
    }
}
