using EcosystemSilo.Grains.Interfaces;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EcosystemSilo.Silo.Sessions;

/// <summary>Registers what protects the cookies of sessions.</summary>
public static class SessionKeysSetup
{
    /// <summary>Needs the journal, which must have been added before: keys are read at start.</summary>
    public static IServiceCollection AddSessionKeys(this IServiceCollection services)
    {
        services.AddSingleton<SessionKeys>();
        services.AddSingleton<IEndedSessions, EndedSessions>();
        services.AddHostedService(provider => provider.GetRequiredService<SessionKeys>());
        services.AddDataProtection().SetApplicationName("ecosystem-silo");
        ReadAfterTheJournalIsOpen(services);
        services
            .AddOptions<KeyManagementOptions>()
            .Configure<SessionKeys>((management, keys) => management.XmlRepository = keys);
        // It warns that keys are stored as they are. They are not: they are sealed where they are stored.
        services.AddLogging(logging =>
            logging.AddFilter("Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager", LogLevel.Error)
        );
        return services;
    }

    /// <summary>Data protection reads its keys at start, and was added with whatever first asked for it.</summary>
    private static void ReadAfterTheJournalIsOpen(IServiceCollection services)
    {
        var reading = services.Single(service => service.ImplementationType?.Name == "DataProtectionHostedService");
        services.Remove(reading);
        services.Add(reading);
    }
}
