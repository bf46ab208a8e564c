using EcosystemSilo.Grains.Interfaces.Operations;
using EcosystemSilo.Silo.Hosting;
using EcosystemSilo.Silo.Membership;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EcosystemSilo.Silo.Operations;

/// <summary>Registers what operators look at: in silos what they say, in gateways what is asked.</summary>
internal static class OperationsSetup
{
    public static void AddOperations(this IServiceCollection services, ClusterRole role, OperationsOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<LogRules>();
        services.AddSingleton<IPostConfigureOptions<LoggerFilterOptions>>(provider =>
            provider.GetRequiredService<LogRules>()
        );
        services.AddSingleton<IOptionsChangeTokenSource<LoggerFilterOptions>>(provider =>
            provider.GetRequiredService<LogRules>()
        );
        services.AddSingleton<LogLevels>();
        services.AddSingleton<CommandWatch>();
        services.AddSingleton<OwnReport>();
        if (role.ServesRequests())
        {
            services.AddSingleton<IOperations, ClusterOperations>();
        }
    }

    /// <summary>What silos ask each other; where it runs is where its silo does.</summary>
    public static void AddSiloReports(this IServiceCollection services)
    {
        services.AddGrainService<SiloReports>();
        services.AddSingleton<SiloReportsOf>();
    }
}
