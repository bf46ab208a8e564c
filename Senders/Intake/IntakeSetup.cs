using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace EcosystemSilo.Senders.Intake;

public static class IntakeSetup
{
    /// <summary>
    /// Adds what takes deliveries into the journal, whichever way they came. Needs the key safe, grains and known
    /// views.
    /// </summary>
    public static IServiceCollection AddIntake(this IServiceCollection services)
    {
        services.TryAddSingleton<DealRegistration>();
        services.TryAddSingleton<KeptEvents>();
        services.TryAddSingleton<DeliveryIntake>();
        services.TryAddSingleton<StreamIntake>();
        services.TryAddSingleton<PartIntake>();
        return services;
    }
}
