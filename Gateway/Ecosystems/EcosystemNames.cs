using EcosystemSilo.Gateway.Auth;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Blueprints;

namespace EcosystemSilo.Gateway.Ecosystems;

/// <summary>An ecosystem by its id and the title of its program.</summary>
public sealed record EcosystemResponse(EcosystemId Id, string Title);

/// <summary>
/// The words of the blueprints in force: titles, categories, tiers. Read from the grains, which keep them at hand.
/// </summary>
public sealed class EcosystemNames(IEcosystems ecosystems, IGrains grains)
{
    public async Task<IReadOnlyList<EcosystemResponse>> VisibleTo(Caller caller, CancellationToken cancellation)
    {
        var visible = new List<EcosystemResponse>();
        foreach (var ecosystem in ecosystems.All.Where(caller.MayEnter))
        {
            visible.Add(new EcosystemResponse(ecosystem, (await Of(ecosystem, cancellation)).Title ?? ecosystem.Value));
        }

        return visible;
    }

    public async ValueTask<ProgramNames> Of(EcosystemId ecosystem, CancellationToken cancellation)
    {
        var blueprint = await grains.Read<BlueprintView>(BlueprintKey.Of(ecosystem), ReadAt.Newest, cancellation);
        return new ProgramNames(blueprint?.View.Document);
    }
}
