using System.Net;
using EcosystemSilo.Grains.Interfaces.Notifications;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace EcosystemSilo.Senders.Outbound;

/// <summary>Registers what notifications go out by.</summary>
public static class OutboundServices
{
    public static void AddCarrier(this IServiceCollection services, IConfiguration configuration)
    {
        services
            .AddOptions<OutboundOptions>()
            .Bind(configuration.GetSection(OutboundOptions.Section))
            .ValidateOnStart();
        services.AddDialer();
        services.AddSingleton<IValidateOptions<OutboundOptions>, OutboundOptionsCheck>();
        services.AddSingleton<SigningSecrets>();
        services.AddSingleton<ICarrier, HttpCarrier>();
    }

    /// <summary>By which this service connects to addresses that others named.</summary>
    public static IServiceCollection AddDialer(this IServiceCollection services) =>
        services
            .AddSingleton(provider => provider.GetRequiredService<IOptions<OutboundOptions>>().Value)
            .AddSingleton<ResolveHost>(_ => Dns.GetHostAddressesAsync)
            .AddSingleton(provider => new GuardedDialer(
                provider.GetRequiredService<ResolveHost>(),
                provider.GetRequiredService<OutboundOptions>().Networks()
            ));

    private sealed class OutboundOptionsCheck : IValidateOptions<OutboundOptions>
    {
        public ValidateOptionsResult Validate(string? name, OutboundOptions options)
        {
            var faults = options.Faults().ToList();
            return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
        }
    }
}
