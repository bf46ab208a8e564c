using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Deliveries;
using EcosystemSilo.Tests.Support;

namespace EcosystemSilo.Tests.Engines;

/// <summary>Many grains of a kind that is not kept, each asked once.</summary>
internal static class ManyDeliveries
{
    private const int AtOnce = 500;

    public static async Task Refuse(int count, Func<GrainKey, ICommand, Task<long>> accept, string name)
    {
        var refuse = new RefuseDelivery(new SourceId(name), "daily", "user-unknown");
        foreach (var some in Enumerable.Range(0, count).Chunk(AtOnce))
        {
            await Task.WhenAll(
                some.Select(n => accept(DeliveryKey.Of(TestSilo.Acme, new DeliveryId($"{name}-{n}")), refuse))
            );
        }
    }
}
