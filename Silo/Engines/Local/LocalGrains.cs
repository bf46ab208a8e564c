using System.Collections.Concurrent;
using EcosystemSilo.Grains;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Blueprints;
using EcosystemSilo.Journal;
using EcosystemSilo.Silo.Blueprints;
using Microsoft.Extensions.Logging;

namespace EcosystemSilo.Silo.Engines.Local;

/// <summary>
/// The engine that keeps grains in this process. It holds no lock across processes: that a grain is only decided on its
/// newest state is the journal's version check, so several of these may share one journal.
/// </summary>
internal sealed class LocalGrains : IGrains, IFollower, IDisposable
{
    private readonly ConcurrentDictionary<GrainKey, Activation> _active = new();
    private readonly ActivationHost _host;
    private readonly TimeSpan _idleAfter;
    private readonly ITimer _sweeper;

    public LocalGrains(
        IJournal journal,
        BlueprintBook blueprints,
        SiloOptions options,
        TimeProvider clock,
        SiloMetrics metrics,
        ILogger<LocalGrains> logger
    )
    {
        _host = new ActivationHost(journal, blueprints, clock, metrics, logger, Forget);
        _idleAfter = options.IdleAfter;
        _sweeper = clock.CreateTimer(_ => Sweep(), state: null, _idleAfter / 4, _idleAfter / 4);
        metrics.ObserveActivations(() => _active.Count);
    }

    public int ActiveCount => _active.Count;

    public async Task<Reply> Ask(GrainKey key, ICommand command, Ask ask, CancellationToken cancellation)
    {
        var hash = ask.Hash.IsEmpty ? GrainCodec.Hash(key, command) : ask.Hash.ToArray();
        var conflicts = 0;
        for (var attempt = 0; attempt < Limits.AttemptsMax && conflicts <= Limits.ConflictRetriesMax; attempt++)
        {
            var turn = new Turn(command, ask, hash);
            var activation = Activate(key);
            if (!activation.Post(turn))
            {
                continue;
            }

            var end = await turn.End.WaitAsync(cancellation);
            if (end.Reply is { } reply)
            {
                _host.Metrics.Commands.Add(
                    1,
                    new("kind", key.Kind),
                    new("outcome", reply is Refused ? "refused" : "accepted")
                );
                if (!GrainKinds.Of(key).IsKept)
                {
                    // Used at this moment by somebody else, it is left to the sweeper.
                    activation.DropIfIdle(long.MaxValue);
                }

                return reply;
            }

            conflicts += end.Conflicted ? 1 : 0;
        }

        throw new GrainUnavailableException($"{key} kept changing under the command; send it again with the same id.");
    }

    public async Task<Versioned<TView>?> Read<TView>(GrainKey key, ReadAt at, CancellationToken cancellation)
        where TView : class, IView
    {
        try
        {
            var state = await ReadState(key, at, cancellation);
            return state.View is null ? null : new Versioned<TView>(state.Version, (TView)state.View);
        }
        catch (JournalUnavailableException fault)
        {
            throw new GrainUnavailableException($"{key} could not be read from the journal.", fault);
        }
    }

    /// <summary>Brings what is in memory up to what any process has committed.</summary>
    public void Follow(IReadOnlyList<RecordedEvent> events)
    {
        foreach (var recorded in events)
        {
            var key = GrainKey.Parse(recorded.Grain);
            if (_active.TryGetValue(key, out var activation))
            {
                activation.Follow(recorded);
            }

            if (key.Kind == BlueprintKey.Kind)
            {
                _host.Blueprints.Note(key.Ecosystem, recorded);
            }
        }
    }

    public void Dispose() => _sweeper.Dispose();

    private async Task<GrainState> ReadState(GrainKey key, ReadAt at, CancellationToken cancellation)
    {
        var activation = Activate(key);
        var state = await activation.ReadCommitted(cancellation);
        if (at.Exactly is { } exactly)
        {
            return state.Version == exactly
                ? state
                : await GrainHistories.LoadAt(_host.Journal, GrainKinds.Of(key), key, exactly, cancellation);
        }

        if (state.Version < at.AtLeast && await activation.IsStale())
        {
            // Another process has committed what is asked for, and the journal's readers have not come to it yet.
            activation = Activate(key);
            state = await activation.ReadCommitted(cancellation);
        }

        var deadline = _host.Clock.GetUtcNow() + at.Patience;
        while (state.Version < at.AtLeast && deadline - _host.Clock.GetUtcNow() is { Ticks: > 0 } left)
        {
            try
            {
                await activation.Advanced(state.Version).WaitAsync(left, _host.Clock, cancellation);
            }
            catch (TimeoutException)
            {
                break;
            }

            activation = Activate(key);
            state = await activation.ReadCommitted(cancellation);
        }

        if (state.View is null)
        {
            // A read of a grain that does not exist must not leave an activation behind for every guessed id.
            activation.DropIfIdle(long.MaxValue);
        }

        return state;
    }

    private Activation Activate(GrainKey key) =>
        _active.GetOrAdd(key, static (k, host) => new Activation(k, GrainKinds.Of(k), host), _host);

    private void Forget(Activation activation) => _active.TryRemove(new(activation.Key, activation));

    private void Sweep()
    {
        var usedBefore = _host.Clock.GetTimestamp() - (long)(_idleAfter.TotalSeconds * _host.Clock.TimestampFrequency);
        foreach (var activation in _active.Values)
        {
            activation.DropIfIdle(usedBefore);
        }
    }
}
