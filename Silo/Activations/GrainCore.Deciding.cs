using EcosystemSilo.Grains;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Calls;
using EcosystemSilo.Grains.Interfaces.Pauses;
using EcosystemSilo.Grains.Pauses;
using EcosystemSilo.Journal;

namespace EcosystemSilo.Silo.Activations;

/// <summary>How a command is decided, committed and answered.</summary>
internal sealed partial class GrainCore
{
    /// <summary>False when the command must wait for the key of the person whom it writes about.</summary>
    private bool TryHandle(Turn turn)
    {
        try
        {
            return IsOver ? RunAgain(turn) : Handle(turn);
        }
        catch (Exception bug)
        {
            turn.Fail(bug);
            return true;
        }
    }

    private static bool RunAgain(Turn turn)
    {
        turn.Answer(new RunAgain(Conflicted: false));
        return true;
    }

    private bool Handle(Turn turn)
    {
        if (_committing.Find(turn.Name) is { } first)
        {
            _ = AnswerLike(first, turn);
            return true;
        }

        if (Pausing.Forbid(_working.Pause, turn.Command, key) is { } paused)
        {
            _ = Refuse(turn, paused);
            return true;
        }

        if (turn.Ask.ExpectedVersion is { } expected && expected != _working.Version)
        {
            _ = Refuse(turn, VersionMismatch(expected));
            return true;
        }

        var now = host.Clock.GetUtcNow().ToStored();
        var context = new DecisionContext(key, now, turn.Ask.Actor, host.Blueprints.Find(key.Ecosystem));
        var decision =
            Pausing.Decide(_working.Pause, _working.Version > 0, turn.Command, context)
            ?? kind.Decide(_working.View, turn.Command, context);
        if (decision.Refusal is { } refusal && turn.Command is not DeadlineReached)
        {
            _ = Refuse(turn, refusal);
            return true;
        }

        if (NeedsKey(decision))
        {
            _needsKey = true;
            return false;
        }

        var after = decision.Events.Aggregate(_working, (state, happened) => GrainCodec.Advance(kind, state, happened));
        var append = Compose(turn, decision, now);
        _committing.Add(turn);
        _working = after;
        turn.Chain = _chain;
        _lastCommit = Commit(turn, append, after);
        return true;
    }

    /// <summary>Whether sealing the events would have to fetch a key, and so let a later append come first.</summary>
    private bool NeedsKey(Decision decision) =>
        _subject is not null
        && !_isErased
        && decision.Events.Any(happened => happened is IPersonal)
        && !host.Keys.IsOpen(_subject);

    private Append Compose(Turn turn, Decision decision, DateTimeOffset now)
    {
        var deadlines = decision.Deadlines.Select(change => new Journal.DeadlineChange(change.Name, change.Due));
        if (turn.Command is DeadlineReached reached && decision.Deadlines.All(change => change.Name != reached.Name))
        {
            // The one that came due, and no later one that was set under its name while this was on its way.
            deadlines = deadlines.Append(new Journal.DeadlineChange(reached.Name, Due: null) { Was = reached.Due });
        }

        return new Append(
            key.ToString(),
            _working.Version,
            [.. decision.Events.Select(GrainCodec.Encode)],
            new CommandStamp(turn.Ask.Scope, turn.Ask.Id, turn.Hash),
            [.. deadlines],
            now,
            turn.Ask.Correlation,
            turn.Ask.Actor
        )
        {
            Chain = _chain,
            ParksDeadlines =
                turn.Command is PauseGrain or ResumeGrain && decision.Events.Count > 0
                    ? turn.Command is PauseGrain
                    : null,
        };
    }

    private async Task Commit(Turn turn, Append append, GrainState after)
    {
        AppendResult result;
        try
        {
            result = await host.Journal.Append(append, CancellationToken.None);
        }
        catch (Exception fault)
        {
            Settled(turn);
            if (turn.Chain == _chain)
            {
                Reload();
            }

            turn.Fail(fault);
            return;
        }

        Settled(turn);
        switch (result.Outcome)
        {
            case AppendOutcome.Committed:
                Advance(after);
                Answer(turn, new Accepted(key, after.Version, Repeated: false));
                break;
            case AppendOutcome.VersionConflict:
                turn.Answer(new RunAgain(Conflicted: EndIfBehind(turn)));
                break;
            default:
                StartOver(turn, result);
                Answer(turn, Repeats.Answer(result));
                break;
        }
    }

    private void Settled(Turn turn)
    {
        _committing.Remove(turn);
        if (_committing.Count == 0)
        {
            // Nobody has to wait for it, and what it holds would stay as long as the grain.
            _lastCommit = Task.CompletedTask;
        }
    }

    private void Advance(GrainState after)
    {
        if (after.Version <= _committed.Version)
        {
            return;
        }

        _committed = after;
        host.Blueprints.Note(key.Ecosystem, after.View);
        WakeReaders();
        if (after.Version - _snapshotVersion >= Limits.EventsPerSnapshot && after.Pause is null)
        {
            _snapshotVersion = after.Version;
            host.SaveSnapshot(this, kind, after);
        }
    }

    /// <summary>
    /// After a conflict. One of the present line of decisions met events of somebody else; one of a line that broke
    /// before was only swept along.
    /// </summary>
    private bool EndIfBehind(Turn turn)
    {
        if (turn.Chain != _chain)
        {
            return false;
        }

        host.Metrics.Conflicts.Add(1);
        End();
        return true;
    }

    /// <summary>
    /// Nothing was written for a repeat. All before it is durable by now, so what was committed is what to go on from,
    /// unless the first of it is newer; what was decided behind it breaks with its line and runs again.
    /// </summary>
    private void StartOver(Turn turn, AppendResult result)
    {
        if (turn.Chain != _chain)
        {
            return;
        }

        if (result.Version > _committed.Version && result.Grain == key.ToString())
        {
            End();
            return;
        }

        _working = _committed;
        _chain = new AppendChain();
    }

    /// <summary>
    /// A refusal holds only if all it was decided on is durable and the newest there is, and only if the command is not
    /// a repeat.
    /// </summary>
    private async Task Refuse(Turn turn, Refusal refusal)
    {
        var (chain, known) = (_chain, _working.Version);
        try
        {
            await _lastCommit;
            if (await Repeats.Find(host.Journal, turn) is { } repeat)
            {
                Answer(turn, repeat);
            }
            else if (IsOver || _chain != chain)
            {
                turn.Answer(new RunAgain(Conflicted: false));
            }
            else if (await IsBehind(known))
            {
                turn.Answer(new RunAgain(Conflicted: IsOver));
            }
            else
            {
                Answer(turn, new Refused(refusal));
            }
        }
        catch (Exception fault)
        {
            turn.Fail(fault);
        }
    }

    private void Answer(Turn turn, Reply reply)
    {
        var outcome = reply is Refused ? "refused" : "accepted";
        host.Metrics.Commands.Add(1, new("kind", key.Kind), new("outcome", outcome));
        turn.Answer(reply);
    }

    private Refusal VersionMismatch(long expected) =>
        new(
            Refusals.VersionMismatch,
            $"{key.Kind} '{key.Id}' is at version {_working.Version}, not {expected}; read it again."
        );

    private static async Task AnswerLike(Turn first, Turn turn)
    {
        try
        {
            turn.Answer(
                await first.End switch
                {
                    Accepted accepted => Repeats.Answer(accepted, first.Hash.AsSpan().SequenceEqual(turn.Hash)),
                    Unavailable unavailable => unavailable,
                    _ => new RunAgain(Conflicted: false),
                }
            );
        }
        catch (Exception fault)
        {
            turn.Fail(fault);
        }
    }
}
