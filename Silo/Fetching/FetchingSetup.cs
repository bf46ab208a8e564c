using Microsoft.Extensions.DependencyInjection;

namespace EcosystemSilo.Silo.Fetching;

public static class FetchingSetup
{
    /// <summary>
    /// Adds the reader that has fetches made. Needs an <see cref="Grains.Interfaces.WearableStreams.IFetcher"/>.
    /// </summary>
    public static IServiceCollection AddFetchReader(this IServiceCollection services) =>
        services.AddHostedService<FetchReader>();
}
