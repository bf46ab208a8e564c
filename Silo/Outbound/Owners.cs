using System.Collections.Concurrent;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.CustomerPrograms;
using EcosystemSilo.Grains.Interfaces.Deals;
using EcosystemSilo.Grains.Interfaces.Partners;

namespace EcosystemSilo.Silo.Outbound;

/// <summary>
/// Whose business a grain is. Deals and programs never change their partner, so answers are remembered.
/// </summary>
internal sealed class Owners(IGrains grains, TimeProvider clock)
{
    private readonly ConcurrentDictionary<GrainKey, PartnerId> _known = new();

    /// <summary>The partner that the grain is or belongs to; null when it belongs to the ecosystem.</summary>
    public async ValueTask<PartnerId?> Of(GrainKey grain, CancellationToken cancellation)
    {
        if (grain.Kind == PartnerKey.Kind)
        {
            return new PartnerId(grain.Id);
        }

        if (grain.Kind is not (DealKey.Kind or CustomerProgramKey.Kind))
        {
            return null;
        }

        if (_known.TryGetValue(grain, out var known))
        {
            return known;
        }

        if (await Read(grain, cancellation) is not { } owner)
        {
            return null;
        }

        if (_known.Count >= OutboundLimits.OwnersMax)
        {
            _known.Clear();
        }

        return _known.GetOrAdd(grain, owner);
    }

    private async Task<PartnerId?> Read(GrainKey owned, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                return owned.Kind == DealKey.Kind
                    ? (await grains.Read<DealView>(owned, ReadAt.Newest, cancellation))?.View.Partner
                    : (await grains.Read<CustomerProgramView>(owned, ReadAt.Newest, cancellation))?.View.Partner;
            }
            catch (GrainUnavailableException)
            {
                await Task.Delay(Limits.RetryDelay, clock, cancellation);
            }
        }
    }
}
