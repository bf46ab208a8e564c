using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Outcomes;
using EcosystemSilo.Grains.Reactions;
using EcosystemSilo.Journal;
using EcosystemSilo.Silo.Blueprints;
using EcosystemSilo.Silo.Deadlines;
using EcosystemSilo.Silo.Demo;
using EcosystemSilo.Silo.Engines;
using EcosystemSilo.Silo.Engines.Local;
using EcosystemSilo.Silo.Leases;
using EcosystemSilo.Silo.Outcomes;
using EcosystemSilo.Silo.Personal;
using EcosystemSilo.Silo.Projections;
using EcosystemSilo.Silo.Reactions;
using EcosystemSilo.Silo.WearableStreams;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace EcosystemSilo.Silo;

/// <summary>
/// Puts a silo together: journal, engine, and the readers that follow the journal, started in this order.
/// </summary>
public static class SiloServices
{
    /// <param name="isDemo">Gives every program an invented past, before anything follows the journal.</param>
    public static IServiceCollection AddSilo(
        this IServiceCollection services,
        IConfiguration configuration,
        bool isDemo = false
    )
    {
        services
            .AddOptions<SiloOptions>()
            .Bind(configuration.GetSection(SiloOptions.Section))
            .Validate(options => options.IdleAfter >= TimeSpan.FromSeconds(1), "Silo__IdleAfter must be at least 1 s.")
            .Validate(
                options =>
                    options.DeadlineInterval >= TimeSpan.FromMilliseconds(10)
                    && options.DeadlineInterval <= TimeSpan.FromMinutes(1),
                "Silo__DeadlineInterval must be 10 ms to 1 min."
            )
            .Validate(
                options => options.LeaseTime >= TimeSpan.FromSeconds(1) && options.LeaseTime <= TimeSpan.FromMinutes(1),
                "Silo__LeaseTime must be 1 s to 1 min."
            )
            .Validate(
                options => options.OutcomesAge >= TimeSpan.Zero && options.OutcomesAge <= TimeSpan.FromHours(1),
                "Silo__OutcomesAge must be 0 s to 1 h."
            )
            .ValidateOnStart();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<SiloOptions>>().Value);
        services.AddSingleton(provider =>
            (IJournal)
                new SealedJournal(
                    JournalFactory.Create(
                        configuration["Journal:Provider"] ?? "Sqlite",
                        configuration["Journal:ConnectionString"]
                            ?? $"Data Source={Path.Combine(configuration["Data:Folder"] ?? "data", "ecosystemsilo.db")}",
                        provider.GetRequiredService<TimeProvider>()
                    ),
                    provider.GetRequiredService<IKeySafe>()
                )
        );
        services.AddSingleton<ISubjectBox, SubjectBox>();
        services.AddSingleton<SiloMetrics>();
        services.AddSingleton<BlueprintBook>();
        services.AddSingleton<LocalGrains>();
        services.AddSingleton<IRehearsal, Rehearsal>();
        services.AddSingleton<IGrains>(provider => provider.GetRequiredService<LocalGrains>());
        services.AddSingleton<IFollower>(provider => provider.GetRequiredService<LocalGrains>());
        services.AddSingleton(AllReactions.List);
        services.AddHostedService<JournalHost>();
        services.AddHostedService<BlueprintPublisher>();
        if (isDemo)
        {
            services.AddHostedService<DemoSeed>();
        }

        services.AddSingleton<LeaseHolder>();
        services.AddHostedService(provider => provider.GetRequiredService<LeaseHolder>());
        services.AddProjections();
        services.AddSingleton<OutcomeCounting>().AddSingleton<IOutcomes, ComputedOutcomes>();
        services.AddHostedService<ReactionRunner>();
        services.AddHostedService<SampleProjector>();
        services.AddHostedService<DeadlineClock>();
        return services;
    }
}
