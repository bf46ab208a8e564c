using EcosystemSilo.Senders.Fetching;
using EcosystemSilo.Senders.Outbound;
using EcosystemSilo.Senders.Secrets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace EcosystemSilo.Senders;

public static class SendersSetup
{
    /// <summary>
    /// Adds what a silo reaches the outside by: the key safe, the carrier of notifications, and what fetches. Needs a
    /// <see cref="TimeProvider"/> and, for fetches, <see cref="Grains.Interfaces.IGrains"/>.
    /// </summary>
    public static IServiceCollection AddSenders(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddKeySafe();
        services.AddCarrier(configuration);
        services.AddFetching(configuration);
        return services;
    }
}
