using EcosystemSilo.Grains;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Calls;
using EcosystemSilo.Journal;
using EcosystemSilo.Silo.Personal;

namespace EcosystemSilo.Silo.Activations;

/// <summary>
/// One grain in memory, knowing nothing of the engine that runs it. Commands are decided one at a time on the working
/// state, which runs ahead of the commits, so that a hot grain does not wait for the disk; each is answered when its
/// own commit is durable.
/// </summary>
/// <remarks>
/// It has no lock. Whoever runs it sees to it that it is entered, and goes on behind every await, in one turn at a
/// time: an Orleans activation, or the one thread of a simulation. So nothing here may leave the turn, and between
/// deciding and handing the append over nothing may be awaited: a later decision would append first.
/// </remarks>
internal sealed partial class GrainCore(GrainKey key, IGrainKind kind, CoreHost host)
{
    /// <summary>The person whom the grain is about; null for most kinds.</summary>
    private readonly string? _subject = Subjects.Of(key);

    /// <summary>Ties decisions made ahead of their commits together: when one fails, those after it fail too.</summary>
    private AppendChain _chain = new();

    /// <summary>
    /// Commands that wait for the state, or for the key of the person whom they are about; null when none does.
    /// </summary>
    private Queue<Turn>? _waiting;

    private CommittingTurns _committing;
    private GrainState _working;
    private GrainState _committed;
    private long _snapshotVersion;
    private Task? _loading;
    private Task _lastCommit = Task.CompletedTask;
    private TaskCompletionSource? _advanced;
    private int _reading;
    private bool _isLoaded;
    private bool _needsKey;
    private bool _isErased;

    public GrainKey Key => key;

    /// <summary>
    /// Its state turned out to be behind the journal: somebody else decides for this grain. It decides nothing more;
    /// whoever runs it takes a new one.
    /// </summary>
    public bool IsOver { get; private set; }

    /// <summary>Whether nothing waits and nothing is under way.</summary>
    public bool IsIdle => _waiting is null && _committing.Count == 0 && _reading == 0;

    /// <summary>Whether the grain is known to have no events.</summary>
    public bool IsEmpty => _isLoaded && _committed.Version == 0;

    /// <summary>Decides a command and completes when its outcome is durable.</summary>
    public Task<Outcome> Ask(ICommand command, Ask ask)
    {
        if (IsOver)
        {
            return Task.FromResult<Outcome>(new RunAgain(Conflicted: false));
        }

        var undecided = _waiting?.Count ?? 0;
        if (undecided >= Limits.UndecidedMax || _committing.Count >= Limits.UncommittedMax)
        {
            host.Metrics.Overloads.Add(1);
            return Task.FromResult<Outcome>(
                new Overloaded($"{key} has {undecided + _committing.Count} commands waiting; try again soon.")
            );
        }

        var hash = ask.Hash.IsEmpty ? GrainCodec.Hash(key, command) : ask.Hash.ToArray();
        var turn = new Turn(command, ask, hash, host.Metrics);
        if (_waiting is not null)
        {
            _waiting.Enqueue(turn);
        }
        else if (!_isLoaded || !TryHandle(turn))
        {
            _waiting = new Queue<Turn>([turn]);
            _ = Prepare(_waiting);
        }

        return turn.End;
    }

    /// <summary>Fetches what deciding needs, then decides what waits, in the order in which it came.</summary>
    private async Task Prepare(Queue<Turn> waiting)
    {
        try
        {
            while (waiting.TryPeek(out var next))
            {
                await Loaded();
                if (_needsKey)
                {
                    _isErased = await host.Keys.Keep(_subject!, CancellationToken.None) is null;
                    _needsKey = false;
                }

                if ((_isLoaded || IsOver) && TryHandle(next))
                {
                    waiting.Dequeue();
                }
            }
        }
        catch (Exception fault)
        {
            while (waiting.TryDequeue(out var failed))
            {
                failed.Fail(fault);
            }
        }
        finally
        {
            _waiting = null;
        }
    }

    /// <summary>Completes when the state is here; those who ask at the same time share one read.</summary>
    private async Task Loaded()
    {
        while (!_isLoaded && !IsOver)
        {
            var loading = _loading ??= Load();
            try
            {
                await loading;
            }
            finally
            {
                if (_loading == loading)
                {
                    _loading = null;
                }
            }
        }
    }

    private async Task Load()
    {
        await host.Blueprints.Ensure(key.Ecosystem, CancellationToken.None);
        var state = await GrainHistories.Load(host.Journal, kind, key, CancellationToken.None);
        _working = _committed = state;
        _snapshotVersion = state.Version - (state.Version % Limits.EventsPerSnapshot);
        _chain = new AppendChain();
        _isLoaded = true;
        host.Blueprints.Note(key.Ecosystem, state.View);
        WakeReaders();
    }

    /// <summary>
    /// The journal failed, and what became of the appends under way is unknown: the state is read anew.
    /// </summary>
    private void Reload()
    {
        _isLoaded = false;
        _chain = new AppendChain();
        WakeReaders();
    }

    private void End()
    {
        IsOver = true;
        _chain = new AppendChain();
        WakeReaders();
    }

    private void WakeReaders()
    {
        _advanced?.TrySetResult();
        _advanced = null;
    }
}
