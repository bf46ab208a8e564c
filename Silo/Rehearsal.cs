using System.Text.Json;
using EcosystemSilo.Grains;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Pauses;
using EcosystemSilo.Journal;
using EcosystemSilo.Silo.Blueprints;
using EcosystemSilo.Silo.Projections;

namespace EcosystemSilo.Silo;

/// <summary>
/// Decides a command aside: the grain's activation, its mailbox and the journal see nothing of it.
/// </summary>
internal sealed class Rehearsal(IJournal journal, BlueprintBook blueprints, TimeProvider clock) : IRehearsal
{
    public async Task<Rehearsed> Rehearse(GrainKey key, ICommand command, string actor, CancellationToken cancellation)
    {
        try
        {
            var kind = GrainKinds.Of(key);
            await blueprints.Ensure(key.Ecosystem, cancellation);
            var state = await GrainHistories.Load(journal, kind, key, cancellation);
            var context = new DecisionContext(key, clock.GetUtcNow(), actor, blueprints.Find(key.Ecosystem));
            var decision = Pausing.Forbid(state.Pause, command, key) is { } paused
                ? Decision.Refuse(paused)
                : kind.Decide(state.View, command, context);
            if (decision.Refusal is { } refusal)
            {
                return new Rehearsed(state.Version, refusal, [], []);
            }

            var after = decision.Events.Aggregate(state.View, (view, happened) => kind.Apply(view, happened));
            return new Rehearsed(
                state.Version,
                Refusal: null,
                [.. decision.Events.Select(TimelineSentences.Of)],
                [.. Compare("$", Json(kind, state.View), Json(kind, after))]
            );
        }
        catch (JournalUnavailableException fault)
        {
            throw new GrainUnavailableException($"{key} could not be read from the journal.", fault);
        }
    }

    private static JsonElement? Json(IGrainKind kind, IView? view) =>
        view is null ? null : JsonSerializer.SerializeToElement(view, Wire.Options.GetTypeInfo(kind.StateType));

    /// <summary>Members one by one; a list that differs stands as a whole, since its places say nothing.</summary>
    private static IEnumerable<StateChange> Compare(string path, JsonElement? before, JsonElement? after)
    {
        if (before is { ValueKind: JsonValueKind.Object } was && after is { ValueKind: JsonValueKind.Object } @is)
        {
            var names = was.EnumerateObject().Concat(@is.EnumerateObject()).Select(member => member.Name).Distinct();
            return names.SelectMany(name => Compare($"{path}.{name}", Member(was, name), Member(@is, name)));
        }

        var isSame =
            before is { } one && after is { } other
                ? JsonElement.DeepEquals(one, other)
                : before is null && after is null;
        return isSame ? [] : [new StateChange(path, before, after)];
    }

    private static JsonElement? Member(JsonElement element, string name) =>
        element.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null ? member : null;
}
