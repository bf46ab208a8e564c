using EcosystemSilo.Journal;
using EcosystemSilo.Silo.Membership;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace EcosystemSilo.Silo.Hosting;

/// <summary>What runs where: silos do what follows from events, gateways show what does.</summary>
internal static class ProcessRoles
{
    public static bool RunsGrains(this ClusterRole role) => role != ClusterRole.Gateway;

    public static bool ServesRequests(this ClusterRole role) => role != ClusterRole.Silo;

    /// <param name="ofProgram">The role of this program where the settings name none.</param>
    /// <param name="hasMasterKey">Whether there is one without making it.</param>
    /// <exception cref="OptionsValidationException">The role is another program's, or wants a key.</exception>
    public static void Check(ClusterRole role, ClusterRole ofProgram, bool hasMasterKey)
    {
        if ((role is ClusterRole.Silo) != (ofProgram is ClusterRole.Silo))
        {
            throw Unusable(
                role is ClusterRole.Silo
                    ? "Cluster__Role=Silo is for the silo's program; this one, the gateway's, can be "
                        + "Single, Gateway or Both."
                    : $"Cluster__Role={role} is for the gateway's program; this one, the silo's, " + "can only be Silo."
            );
        }
        if (role is not ClusterRole.Single && !hasMasterKey)
        {
            throw Unusable(
                $"Cluster__Role={role} needs Secrets__MasterKey, base64 of 32 bytes and the same in all processes of the "
                    + "cluster, or the file master.key of one of them in Data__Folder: a key that it made itself would "
                    + "be none of theirs."
            );
        }
    }

    private static OptionsValidationException Unusable(string fault) =>
        new(ClusterOptions.Section, typeof(ClusterOptions), [fault]);

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
