using EcosystemSilo.Grains.Interfaces.WearableStreams;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace EcosystemSilo.Senders.Fetching;

/// <summary>Registers what senders are asked by.</summary>
public static class FetchingServices
{
    public static void AddFetching(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<FetchingOptions>().Bind(configuration.GetSection(FetchingOptions.Section));
        services
            .AddSingleton(provider => provider.GetRequiredService<IOptions<FetchingOptions>>().Value)
            .AddSingleton<TokenBox>()
            .AddSingleton<VendorHttp>()
            .AddSingleton<VendorClients>()
            .AddSingleton<IFetcher, Fetcher>();
    }
}
