using EcosystemSilo.Grains.Interfaces.Board;
using EcosystemSilo.Grains.Interfaces.Lists;
using EcosystemSilo.Grains.Interfaces.WearableStreams;
using EcosystemSilo.Silo.WearableStreams;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace EcosystemSilo.Silo.Projections;

public static class ProjectionSetup
{
    /// <summary>Adds lists, timelines and boards. Needs an opened <see cref="Journal.IJournal"/>.</summary>
    public static IServiceCollection AddProjections(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<ReadModels>().AddSingleton<ReadModelMetrics>();
        services.AddSingleton<BoardPulse>().AddHostedService(provider => provider.GetRequiredService<BoardPulse>());
        services.AddSingleton<ReadModelReader>();
        services.AddHostedService(provider => provider.GetRequiredService<ReadModelReader>());
        services.AddSingleton<IReadModels>(provider => provider.GetRequiredService<ReadModelReader>());
        services.AddSingleton<IPartnerList, PartnerList>().AddSingleton<IDealList, DealList>();
        services
            .AddSingleton<ICustomerProgramList, CustomerProgramList>()
            .AddSingleton<IEnrolmentList, EnrolmentList>();
        services.AddSingleton<IDeliveryList, DeliveryList>().AddSingleton<ISourceList, SourceList>();
        services.AddSingleton<IStreamList, StreamList>().AddSingleton<ISampleHistory, SampleHistory>();
        services.AddSingleton<IEndpointList, EndpointList>().AddSingleton<INotificationList, NotificationList>();
        services.AddSingleton<IApiKeyList, ApiKeyList>().AddSingleton<ITimeline, Timeline>();
        return services.AddSingleton<IBoard, Boards>();
    }
}
