using EcosystemSilo.Grains.Interfaces.WearableStreams;

namespace EcosystemSilo.Gateway.Fetching;

/// <summary>Registers what senders are asked by.</summary>
public static class FetchingServices
{
    public static void AddFetching(this IServiceCollection services) =>
        services
            .AddSingleton<TokenBox>()
            .AddSingleton<VendorHttp>()
            .AddSingleton<VendorClients>()
            .AddSingleton<IFetcher, Fetcher>();
}
