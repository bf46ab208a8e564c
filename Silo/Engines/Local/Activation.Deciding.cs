using EcosystemSilo.Grains;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Journal;

namespace EcosystemSilo.Silo.Engines.Local;

/// <summary>How a command is decided, committed and answered.</summary>
internal sealed partial class Activation
{
    private void Handle(Turn turn)
    {
        GrainState working;
        int takenOver;
        bool dropped;
        Turn? first;
        lock (_gate)
        {
            (working, takenOver, dropped) = (_working, _takenOver, _dropped);
            _committing.TryGetValue((turn.Ask.Scope, turn.Ask.Id), out first);
        }

        if (dropped)
        {
            turn.RunAgain(conflicted: false);
            return;
        }

        if (first is not null)
        {
            _ = AnswerLike(first, turn);
            return;
        }

        if (turn.Ask.ExpectedVersion is { } expected && expected != working.Version)
        {
            _ = Refuse(
                turn,
                new Refusal(
                    Refusals.VersionMismatch,
                    $"{key.Kind} '{key.Id}' is at version {working.Version}, not {expected}; read it again."
                ),
                takenOver
            );
            return;
        }

        var now = host.Clock.GetUtcNow().ToStored();
        var context = new DecisionContext(key, now, turn.Ask.Actor, host.Blueprints.Find(key.Ecosystem));
        var decision = kind.Decide(working.View, turn.Command, context);
        if (decision.Refusal is { } refusal && turn.Command is not DeadlineReached)
        {
            _ = Refuse(turn, refusal, takenOver);
            return;
        }

        var after = decision.Events.Aggregate(
            working,
            (state, happened) => new GrainState(state.Version + 1, kind.Apply(state.View, happened))
        );
        var append = Compose(turn, decision, working.Version, now);
        lock (_gate)
        {
            if (_takenOver == takenOver)
            {
                _committing.Add((turn.Ask.Scope, turn.Ask.Id), turn);
                _working = after;
                _lastCommit = Commit(turn, append, after);
                return;
            }
        }

        // Events of another process came in between; the append would only meet a conflict.
        turn.RunAgain(conflicted: false);
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
        )
        {
            Chain = _chain,
        };
    }

    private async Task Commit(Turn turn, Append append, GrainState after)
    {
        try
        {
            var appending = host.Journal.Append(append, CancellationToken.None);
            if (appending.IsCompleted)
            {
                // Still under the gate, where no turn may end.
                await Task.Yield();
            }

            var result = await appending;
            Finish(turn, append, after, result);
        }
        catch (Exception fault)
        {
            lock (_gate)
            {
                _committing.Remove((turn.Ask.Scope, turn.Ask.Id));
                Drop();
            }

            turn.Fail(Told(fault));
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
            else
            {
                // The chain broke with it, so whatever was decided after it fails as well.
                Drop();
            }

            if (_committing.Count == 0 && _committed.Version < _seen)
            {
                // Another process came after this commit, which had no events to conflict with.
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

    /// <summary>
    /// A refusal holds only if all it was decided on is durable and the newest there is, and only if the command is not
    /// a repeat.
    /// </summary>
    /// <param name="takenOver">How often events of others had been taken over when it was decided.</param>
    private async Task Refuse(Turn turn, Refusal refusal, int takenOver)
    {
        try
        {
            await _lastCommit;
            if (IsDropped())
            {
                turn.RunAgain(conflicted: false);
            }
            else if (await Repeats.Find(host.Journal, turn) is { } repeat)
            {
                turn.Answer(repeat);
            }
            else if (await IsStale())
            {
                turn.RunAgain(conflicted: true);
            }
            else if (HasTakenOverSince(takenOver))
            {
                turn.RunAgain(conflicted: false);
            }
            else
            {
                turn.Answer(new Refused(refusal));
            }
        }
        catch (Exception fault)
        {
            turn.Fail(Told(fault));
        }
    }

    /// <summary>
    /// Whether another process has moved the grain on. Appends find that out by their version check; a refusal appends
    /// nothing, so it looks. An activation that turns out stale is dropped.
    /// </summary>
    public async Task<bool> IsStale()
    {
        var known = WorkingVersion();
        if (await host.Journal.ReadGrain(key.ToString(), known, 1, CancellationToken.None) is [])
        {
            return false;
        }

        if (WorkingVersion() != known)
        {
            // Events beyond what was known may be our own; then their commit has proved that nobody else's came first.
            // Or they were another's and have been taken over.
            await _lastCommit;
            return IsDropped();
        }

        lock (_gate)
        {
            Drop();
            return true;
        }
    }

    private long WorkingVersion()
    {
        lock (_gate)
        {
            return _working.Version;
        }
    }

    private bool HasTakenOverSince(int takenOver)
    {
        lock (_gate)
        {
            return _takenOver != takenOver;
        }
    }

    private static async Task AnswerLike(Turn first, Turn turn)
    {
        try
        {
            var end = await first.End;
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
}
