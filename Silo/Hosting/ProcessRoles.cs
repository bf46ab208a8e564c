using EcosystemSilo.Journal;
using EcosystemSilo.Silo.Membership;
using Microsoft.Extensions.DependencyInjection;

namespace EcosystemSilo.Silo.Hosting;

/// <summary>What runs where: silos do what follows from events, gateways show what does.</summary>
internal static class ProcessRoles
{
    public static bool RunsGrains(this ClusterRole role) => role != ClusterRole.Gateway;

    public static bool ServesRequests(this ClusterRole role) => role != ClusterRole.Silo;

    /// <summary>How many connections the journal may open.</summary>
    public static int JournalConnections(this ClusterRole role) =>
        role switch
        {
            ClusterRole.Silo => Limits.JournalConnectionsOfSilo,
            ClusterRole.Gateway => Limits.JournalConnectionsOfGateway,
            _ => JournalLimits.PostgresConnectionsMax,
        };

    /// <summary>The role of the process that is being put together; alone, unless it was said otherwise.</summary>
    public static ClusterRole Role(this IServiceCollection services) =>
        services
            .Select(service => service.ImplementationInstance)
            .OfType<ClusterOptions>()
            .Select(options => options.Role)
            .LastOrDefault(ClusterRole.Single);
}
