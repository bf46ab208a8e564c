using EcosystemSilo.Grains.Interfaces.Notifications;
using Microsoft.Extensions.DependencyInjection;

namespace EcosystemSilo.Silo.Outbound;

public static class OutboundSetup
{
    /// <summary>Adds the sending of notifications. Needs a silo and an <see cref="ICarrier"/>.</summary>
    public static IServiceCollection AddOutbound(this IServiceCollection services)
    {
        services.AddSingleton<OutboundMetrics>().AddSingleton<Owners>().AddSingleton<IEventFeed, EventFeed>();
        return services.AddHostedService<OutboundReader>();
    }
}
