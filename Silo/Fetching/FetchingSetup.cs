using EcosystemSilo.Silo.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace EcosystemSilo.Silo.Fetching;

public static class FetchingSetup
{
    /// <summary>
    /// Adds the reader that has fetches made, in silos. Needs an <see
    /// cref="Grains.Interfaces.WearableStreams.IFetcher"/>.
    /// </summary>
    public static IServiceCollection AddFetchReader(this IServiceCollection services) =>
        services.Role().RunsGrains() ? services.AddHostedService<FetchReader>() : services;
}
