using EcosystemSilo.Grains.Interfaces.Notifications;
using EcosystemSilo.Silo.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace EcosystemSilo.Silo.Outbound;

public static class OutboundSetup
{
    /// <summary>
    /// Adds the feed of events, and in silos the sending of notifications. Needs an <see cref="ICarrier"/>.
    /// </summary>
    /// <param name="waitingMax">Notifications that wait for one endpoint before it is told of more.</param>
    public static IServiceCollection AddOutbound(
        this IServiceCollection services,
        int waitingMax = OutboundLimits.WaitingMax
    )
    {
        services.AddSingleton(new OutboundBound(waitingMax));
        services.AddSingleton<OutboundMetrics>().AddSingleton<Owners>().AddSingleton<IEventFeed, EventFeed>();
        return services.Role().RunsGrains() ? services.AddHostedService<OutboundReader>() : services;
    }
}

/// <param name="WaitingMax">See <see cref="OutboundLimits.WaitingMax"/>.</param>
internal sealed record OutboundBound(int WaitingMax);
