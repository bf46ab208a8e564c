using EcosystemSilo.Grains;
using EcosystemSilo.Grains.Blueprints;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Blueprints;
using EcosystemSilo.Grains.Interfaces.Pauses;
using EcosystemSilo.Journal;
using EcosystemSilo.Silo;

namespace EcosystemSilo.Tests.Simulation.Judging;

/// <summary>
/// Promise 3: a refusal is decided on the newest state there is. So among the states that were the newest at some
/// moment between question and answer there is one that gives it. Which one does is asked of the deciders themselves:
/// what is judged here is not the rules but the state that they were asked with.
/// </summary>
internal sealed partial class Judgement
{
    /// <summary>
    /// Given by the id, or by the time at a silo whose clock may be wrong, and not by the state alone.
    /// </summary>
    private static readonly HashSet<string> NotByState =
    [
        Refusals.IdReused,
        Refusals.Invalid,
        Refusals.EnrolmentClosed,
        Refusals.InvitationExpired,
        Refusals.InvitationsFull,
        Refusals.NotEligible,
    ];

    private void JudgeRefusals()
    {
        var refused = _calls
            .Where(call => call.End == CallEnd.Refused && !NotByState.Contains(call.Refusal!))
            .ToLookup(call => call.Grain.ToString());
        var events = _disk.AllEvents(afterPosition: 0, int.MaxValue);
        var rules = PublishedRules(events);
        var byGrain = events.ToLookup(recorded => recorded.Grain);
        foreach (var calls in refused)
        {
            var key = GrainKey.Parse(calls.Key);
            var states = States(key, byGrain[calls.Key]);
            foreach (var call in calls.Where(call => !IsJust(call, states, rules.GetValueOrDefault(key.Ecosystem))))
            {
                _report($"promise 3: {call} was refused by a state that was not the newest");
            }
        }
    }

    /// <summary>Every state that the grain was ever in, each with the step from which on it was the newest.</summary>
    private List<(long Since, IView? State, bool IsPaused)> States(GrainKey key, IEnumerable<RecordedEvent> history)
    {
        var kind = GrainKinds.Of(key);
        List<(long, IView? View, bool)> states = [(0, null, false)];
        foreach (var recorded in history)
        {
            var happened = GrainCodec.Decode(recorded);
            var view = happened is IPauseEvent ? states[^1].View : kind.Apply(states[^1].View, happened);
            states.Add((CommitOf(recorded.Position).Step, view, IsPausedAt(recorded.Grain, recorded.Version)));
        }

        return states;
    }

    private static bool IsJust(
        SimulatedCall call,
        List<(long Since, IView? State, bool IsPaused)> states,
        PublishedBlueprint? rules
    )
    {
        var first = states.FindLastIndex(state => state.Since <= call.Invoked);
        var kind = GrainKinds.Of(call.Grain);
        return states
            .Skip(first)
            .TakeWhile(state => state.Since <= call.Ended)
            .SelectMany(_ => new[] { rules, null }, (state, blueprint) => (state.State, state.IsPaused, blueprint))
            .Any(given =>
                given.IsPaused && !PassesPause(call.Command)
                    ? call.Refusal == Refusals.GrainPaused
                    : call.Command is not (PauseGrain or ResumeGrain)
                        && kind.Decide(
                            given.State,
                            call.Command,
                            new DecisionContext(call.Grain, call.InvokedAt, "judge", given.blueprint)
                        ).Refusal?.Code == call.Refusal
            );
    }

    /// <summary>Each ecosystem publishes once.</summary>
    private static Dictionary<EcosystemId, PublishedBlueprint> PublishedRules(IEnumerable<RecordedEvent> events) =>
        events
            .Where(recorded => GrainKey.Parse(recorded.Grain).Kind == BlueprintKey.Kind)
            .Select(recorded =>
                (GrainKey.Parse(recorded.Grain).Ecosystem, (BlueprintPublished)GrainCodec.Decode(recorded))
            )
            .ToDictionary(
                pair => pair.Ecosystem,
                pair => new PublishedBlueprint(pair.Item2.Version, pair.Item2.Document)
            );

    private CommitMoment CommitOf(long position)
    {
        var (low, high) = (0, _commits.Count - 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _commits[middle].Position >= position ? (low, middle) : (middle + 1, high);
        }

        return _commits[low];
    }
}
