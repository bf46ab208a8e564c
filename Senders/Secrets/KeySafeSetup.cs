using EcosystemSilo.Grains.Interfaces;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace EcosystemSilo.Senders.Secrets;

/// <summary>Registers what secrets are encrypted by.</summary>
public static class KeySafeSetup
{
    public static void AddKeySafe(this IServiceCollection services)
    {
        services.TryAddSingleton<DataFolder>();
        services.AddSingleton<MasterKey>();
        services.AddSingleton<SecretBox>();
        services.AddSingleton<IKeySafe>(provider => provider.GetRequiredService<SecretBox>());
        services.AddSingleton<SourceSecrets>();
    }
}
