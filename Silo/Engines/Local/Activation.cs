using EcosystemSilo.Grains;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Journal;

namespace EcosystemSilo.Silo.Engines.Local;

/// <summary>
/// One grain in memory: a bounded mailbox and two states. Commands are decided one at a time on the working state,
/// which runs ahead of the commits, so that a hot grain does not wait for the disk; each is acknowledged when its own
/// commit is durable. When a commit fails, the activation and everything decided after it are dropped.
/// </summary>
internal sealed class Activation(GrainKey key, IGrainKind kind, ActivationHost host)
{
    private readonly Lock _gate = new();
    private readonly Queue<Turn> _mailbox = new();

    /// <summary>Commands whose commit is under way, by scope and id: a duplicate waits for the first one's answer.</summary>
    private readonly Dictionary<(string Scope, string Id), Turn> _committing = [];

    private GrainState _working;
    private GrainState _committed;
    private long _snapshotVersion;
    private Task? _loaded;
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
        }

        ThreadPool.UnsafeQueueUserWorkItem(static activation => _ = activation.Run(), this, preferLocal: false);
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
                : (_advanced ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    /// <summary>Drops the activation if nothing is waiting or under way and it was last used before the timestamp.</summary>
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
            return _loaded ??= Task.Run(Load);
        }
    }

    private async Task Load()
    {
        try
        {
            await host.Blueprints.Ensure(key.Ecosystem, CancellationToken.None);
            var state = await GrainHistories.Load(host.Journal, kind, key, CancellationToken.None);
            lock (_gate)
            {
                _working = _committed = state;
                _snapshotVersion = state.Version - (state.Version % Limits.EventsPerSnapshot);
            }

            host.Blueprints.Note(key.Ecosystem, state.View);
        }
        catch (Exception fault)
        {
            lock (_gate)
            {
                Drop();
            }

            throw fault as JournalUnavailableException is { } down
                ? new GrainUnavailableException($"{key} could not be read from the journal.", down)
                : fault;
        }
    }

    private async Task Run()
    {
        try
        {
            await Loaded();
        }
        catch (Exception fault)
        {
            while (Next() is { } waiting)
            {
                waiting.Fail(fault);
            }

            return;
        }

        while (Next() is { } turn)
        {
            try
            {
                Handle(turn);
            }
            catch (Exception bug)
            {
                turn.Fail(bug);
            }
        }
    }

    private Turn? Next()
    {
        lock (_gate)
        {
            if (_mailbox.TryDequeue(out var turn))
            {
                return turn;
            }

            _running = false;
            return null;
        }
    }

    private void Handle(Turn turn)
    {
        var working = _working;
        lock (_gate)
        {
            if (_dropped)
            {
                turn.RunAgain(conflicted: false);
                return;
            }

            if (_committing.TryGetValue((turn.Ask.Scope, turn.Ask.Id), out var first))
            {
                _ = AnswerLike(first, turn);
                return;
            }
        }

        if (turn.Ask.ExpectedVersion is { } expected && expected != working.Version)
        {
            _ = Refuse(
                turn,
                new Refusal(
                    Refusals.VersionMismatch,
                    $"{key.Kind} '{key.Id}' is at version {working.Version}, not {expected}; read it again."
                )
            );
            return;
        }

        var now = host.Clock.GetUtcNow();
        var context = new DecisionContext(key, now, turn.Ask.Actor, host.Blueprints.Find(key.Ecosystem));
        var decision = kind.Decide(working.View, turn.Command, context);
        if (decision.Refusal is { } refusal && turn.Command is not DeadlineReached)
        {
            _ = Refuse(turn, refusal);
            return;
        }

        var after = decision.Events.Aggregate(
            working,
            (state, happened) => new GrainState(state.Version + 1, kind.Apply(state.View, happened))
        );
        var append = Compose(turn, decision, working.Version, now);
        lock (_gate)
        {
            _committing.Add((turn.Ask.Scope, turn.Ask.Id), turn);
            _working = after;
            _lastCommit = Commit(turn, append, after);
        }
    }

    private Append Compose(Turn turn, Decision decision, long version, DateTimeOffset now)
    {
        var deadlines = decision.Deadlines.Select(change => new Journal.DeadlineChange(change.Name, change.Due));
        if (turn.Command is DeadlineReached reached && decision.Deadlines.All(change => change.Name != reached.Name))
        {
            deadlines = deadlines.Append(new Journal.DeadlineChange(reached.Name, Due: null));
        }

        return new Append(
            key.ToString(),
            version,
            [.. decision.Events.Select(GrainCodec.Encode)],
            new CommandStamp(turn.Ask.Scope, turn.Ask.Id, turn.Hash),
            [.. deadlines],
            now,
            turn.Ask.Correlation,
            turn.Ask.Actor
        );
    }

    private async Task Commit(Turn turn, Append append, GrainState after)
    {
        try
        {
            var result = await host.Journal.Append(append, CancellationToken.None).ConfigureAwait(false);
            Finish(turn, append, after, result);
        }
        catch (Exception fault)
        {
            lock (_gate)
            {
                _committing.Remove((turn.Ask.Scope, turn.Ask.Id));
                Drop();
            }

            turn.Fail(
                fault is JournalUnavailableException
                    ? new GrainUnavailableException($"The journal did not confirm a command of {key}.", fault)
                    : fault
            );
        }
    }

    private void Finish(Turn turn, Append append, GrainState after, AppendResult result)
    {
        bool first;
        lock (_gate)
        {
            _committing.Remove((turn.Ask.Scope, turn.Ask.Id));
            first = !_dropped;
            if (result.Outcome == AppendOutcome.Committed)
            {
                Advance(after);
            }
            else if (append.Events.Count > 0 || result.Outcome == AppendOutcome.VersionConflict)
            {
                Drop();
            }
        }

        switch (result.Outcome)
        {
            case AppendOutcome.Committed:
                host.Blueprints.Note(key.Ecosystem, after.View);
                turn.Answer(new Accepted(key, after.Version, Repeated: false));
                break;
            case AppendOutcome.VersionConflict:
                host.Metrics.Conflicts.Add(1);
                turn.RunAgain(conflicted: first);
                break;
            default:
                turn.Answer(Repeats.Answer(result));
                break;
        }
    }

    private void Advance(GrainState after)
    {
        if (after.Version <= _committed.Version)
        {
            return;
        }

        _committed = after;
        _advanced?.TrySetResult();
        _advanced = null;
        if (after.Version - _snapshotVersion >= Limits.EventsPerSnapshot)
        {
            _snapshotVersion = after.Version;
            _ = host.SaveSnapshot(GrainCodec.WriteSnapshot(key, kind, after));
        }
    }

    /// <summary>A refusal holds only if all it was decided on is durable, and only if the command is not a repeat.</summary>
    private async Task Refuse(Turn turn, Refusal refusal)
    {
        try
        {
            await _lastCommit.ConfigureAwait(false);
            if (IsDropped())
            {
                turn.RunAgain(conflicted: false);
                return;
            }

            turn.Answer(await Repeats.Find(host.Journal, turn) ?? new Refused(refusal));
        }
        catch (JournalUnavailableException fault)
        {
            turn.Fail(new GrainUnavailableException($"The journal did not answer for {key}.", fault));
        }
    }

    private static async Task AnswerLike(Turn first, Turn turn)
    {
        try
        {
            var end = await first.End.ConfigureAwait(false);
            if (end.Reply is not Accepted accepted)
            {
                turn.RunAgain(conflicted: false);
                return;
            }

            turn.Answer(
                first.Hash.AsSpan().SequenceEqual(turn.Hash) ? accepted with { Repeated = true } : Repeats.Reused
            );
        }
        catch (Exception fault)
        {
            turn.Fail(fault);
        }
    }

    private bool IsDropped()
    {
        lock (_gate)
        {
            return _dropped;
        }
    }

    /// <summary>Callers hold the gate. What still waits in the mailbox is told to run again by the running loop.</summary>
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
