using EcosystemSilo.Grains;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Journal;

namespace EcosystemSilo.Silo.Engines.Local;

/// <summary>
/// One grain in memory: a bounded mailbox and two states. Commands are decided one at a time on the working state,
/// which runs ahead of the commits, so that a hot grain does not wait for the disk; each is acknowledged when its own
/// commit is durable. When a commit fails, the activation and everything decided after it are dropped.
/// </summary>
internal sealed partial class Activation(GrainKey key, IGrainKind kind, ActivationHost host)
{
    private readonly Lock _gate = new();
    private readonly Queue<Turn> _mailbox = new();

    /// <summary>
    /// Commands whose commit is under way, by scope and id: a duplicate waits for the first one's answer.
    /// </summary>
    private readonly Dictionary<(string Scope, string Id), Turn> _committing = [];

    /// <summary>Ties decisions made ahead of their commits together: when one fails, those after it fail too.</summary>
    private readonly AppendChain _chain = new();

    private GrainState _working;
    private GrainState _committed;
    private long _snapshotVersion;
    private Task? _loaded;
    private bool _isLoaded;
    private Task _lastCommit = Task.CompletedTask;
    private TaskCompletionSource? _advanced;
    private bool _running;
    private bool _dropped;

    /// <summary>When the activation was last used, as a timestamp of the host's clock.</summary>
    public long LastUsed { get; private set; } = host.Clock.GetTimestamp();

    public GrainKey Key => key;

    /// <summary>Puts a command into the mailbox. False when the activation is gone: take a new one.</summary>
    /// <exception cref="GrainUnavailableException">The mailbox is full.</exception>
    public bool Post(Turn turn)
    {
        bool isLoaded;
        lock (_gate)
        {
            if (_dropped)
            {
                return false;
            }

            if (_mailbox.Count >= Limits.MailboxMax)
            {
                host.Metrics.Overloads.Add(1);
                throw new GrainUnavailableException($"{key} has {Limits.MailboxMax} commands waiting; try again soon.");
            }

            LastUsed = host.Clock.GetTimestamp();
            _mailbox.Enqueue(turn);
            if (_running)
            {
                return true;
            }

            _running = true;
            isLoaded = _isLoaded;
        }

        if (isLoaded)
        {
            // Deciding takes microseconds, less than handing it to another thread.
            HandleNext();
        }

        if (!isLoaded || !IsAtRest())
        {
            Scheduling.Queue(static activation => _ = activation.Run(), this);
        }

        return true;
    }

    /// <summary>The newest committed state, after loading it if need be.</summary>
    public async Task<GrainState> ReadCommitted(CancellationToken cancellation)
    {
        await Loaded().WaitAsync(cancellation);
        lock (_gate)
        {
            LastUsed = host.Clock.GetTimestamp();
            return _committed;
        }
    }

    /// <summary>Completes when the committed state has moved beyond a version, or the activation is gone.</summary>
    public Task Advanced(long beyond)
    {
        lock (_gate)
        {
            return _dropped || _committed.Version > beyond
                ? Task.CompletedTask
                : (_advanced ??= new(Scheduling.Asynchronously)).Task;
        }
    }

    /// <summary>
    /// Drops the activation if nothing is waiting or under way and it was last used before the timestamp.
    /// </summary>
    public bool DropIfIdle(long usedBefore)
    {
        lock (_gate)
        {
            if (_running || _mailbox.Count > 0 || _committing.Count > 0 || LastUsed > usedBefore)
            {
                return false;
            }

            Drop();
            return true;
        }
    }

    private Task Loaded()
    {
        lock (_gate)
        {
            return _loaded ??= Scheduling.Run(Load);
        }
    }

    private async Task Load()
    {
        try
        {
            await host.Blueprints.Ensure(key.Ecosystem, CancellationToken.None);
            GrainState state;
            do
            {
                state = await GrainHistories.Load(host.Journal, kind, key, CancellationToken.None);
            } while (!Start(state));

            host.Blueprints.Note(key.Ecosystem, state.View);
        }
        catch
        {
            lock (_gate)
            {
                Drop();
            }

            throw;
        }
    }

    /// <summary>A fault of the journal as the caller of a grain is told of it.</summary>
    private Exception Told(Exception fault) =>
        fault is JournalUnavailableException
            ? new GrainUnavailableException($"The journal did not answer for {key}.", fault)
            : fault;

    private async Task Run()
    {
        try
        {
            await Loaded();
        }
        catch (Exception fault)
        {
            while (!IsAtRest())
            {
                Next().Fail(Told(fault));
            }

            return;
        }

        while (!IsAtRest())
        {
            HandleNext();
        }
    }

    private void HandleNext()
    {
        var turn = Next();
        try
        {
            Handle(turn);
        }
        catch (Exception bug)
        {
            turn.Fail(bug);
        }
    }

    private Turn Next()
    {
        lock (_gate)
        {
            return _mailbox.Dequeue();
        }
    }

    /// <summary>Whether nothing is left to do; then the next command starts anew.</summary>
    private bool IsAtRest()
    {
        lock (_gate)
        {
            return !(_running = _mailbox.Count > 0);
        }
    }

    private bool IsDropped()
    {
        lock (_gate)
        {
            return _dropped;
        }
    }

    /// <summary>
    /// Callers hold the gate. What still waits in the mailbox is told to run again by the running loop.
    /// </summary>
    private void Drop()
    {
        if (!_dropped)
        {
            _dropped = true;
            _advanced?.TrySetResult();
            host.Forget(this);
        }
    }
}
