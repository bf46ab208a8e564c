using System.Collections.Concurrent;
using EcosystemSilo.Grains.Blueprints;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Blueprints;
using EcosystemSilo.Journal;

namespace EcosystemSilo.Silo.Blueprints;

/// <summary>
/// The blueprint in force of each ecosystem, at hand for every decision. Filled when the ecosystem's first grain is
/// activated, and brought up to date whenever a new one is committed, here or by another process.
/// </summary>
internal sealed class BlueprintBook(IJournal journal)
{
    private readonly ConcurrentDictionary<EcosystemId, PublishedBlueprint> _inForce = new();

    public PublishedBlueprint? Find(EcosystemId ecosystem) => _inForce.GetValueOrDefault(ecosystem);

    public async ValueTask Ensure(EcosystemId ecosystem, CancellationToken cancellation)
    {
        if (_inForce.ContainsKey(ecosystem))
        {
            return;
        }

        var state = await GrainHistories.Load(journal, BlueprintGrain.Kind, BlueprintKey.Of(ecosystem), cancellation);
        Note(ecosystem, state.View);
    }

    public void Note(EcosystemId ecosystem, IView? view)
    {
        if (view is BlueprintView published)
        {
            Note(ecosystem, new PublishedBlueprint(published.Version, published.Document));
        }
    }

    /// <summary>Takes a blueprint from the journal that another process may have published.</summary>
    public void Note(EcosystemId ecosystem, RecordedEvent recorded)
    {
        if (_inForce.TryGetValue(ecosystem, out var known) && known.Version >= recorded.Version)
        {
            return;
        }

        if (GrainCodec.Knows(recorded) && GrainCodec.Decode(recorded) is BlueprintPublished published)
        {
            Note(ecosystem, new PublishedBlueprint(published.Version, published.Document));
        }
    }

    private void Note(EcosystemId ecosystem, PublishedBlueprint published) =>
        _inForce.AddOrUpdate(
            ecosystem,
            published,
            (_, known) => known.Version >= published.Version ? known : published
        );
}
