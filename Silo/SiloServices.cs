using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Outcomes;
using EcosystemSilo.Grains.Reactions;
using EcosystemSilo.Journal;
using EcosystemSilo.Silo.Activations;
using EcosystemSilo.Silo.Blueprints;
using EcosystemSilo.Silo.Calls;
using EcosystemSilo.Silo.Deadlines;
using EcosystemSilo.Silo.Demo;
using EcosystemSilo.Silo.Leases;
using EcosystemSilo.Silo.Membership;
using EcosystemSilo.Silo.Outcomes;
using EcosystemSilo.Silo.Personal;
using EcosystemSilo.Silo.Projections;
using EcosystemSilo.Silo.Publications;
using EcosystemSilo.Silo.Reactions;
using EcosystemSilo.Silo.WearableStreams;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

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
    ) => services.AddSilo(configuration, isDemo, AddEngine);

    /// <param name="addEngine">Adds what runs the grains, where it has to start: after the journal, before whatever
    /// calls grains.</param>
    internal static IServiceCollection AddSilo(
        this IServiceCollection services,
        IConfiguration configuration,
        bool isDemo,
        Action<IServiceCollection> addEngine
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
        services.AddSingleton(provider =>
            provider.GetRequiredService<IJournal>() is SealedJournal sealing
                ? sealing.Keys
                : new SubjectKeys(provider.GetRequiredService<IJournal>(), provider.GetRequiredService<IKeySafe>())
        );
        services.AddSingleton<ISubjectBox, SubjectBox>();
        services.AddSingleton<SiloMetrics>();
        services.AddSingleton<BlueprintBook>();
        services.AddSingleton<IMembershipView, Alone>();
        services.AddSingleton(WaitClock.System);
        services.AddSingleton<CoreHost>();
        services.AddSingleton<KnownViews>();
        services.AddSingleton<IKnownViews>(provider => provider.GetRequiredService<KnownViews>());
        services.AddSingleton<IRehearsal, Rehearsal>();
        services.AddSingleton(AllReactions.List);
        services.AddHostedService<JournalHost>();
        services.AddHostedService<PublicationReader>();
        services.AddHostedService<BlueprintPublisher>();
        if (isDemo)
        {
            services.AddHostedService<DemoSeed>();
        }

        addEngine(services);
        services.AddSingleton<LeaseHolder>();
        services.AddHostedService(provider => provider.GetRequiredService<LeaseHolder>());
        services.AddProjections();
        services.AddSingleton<OutcomeCounting>().AddSingleton<IOutcomes, ComputedOutcomes>();
        services.AddHostedService<ReactionRunner>();
        services.AddHostedService<SampleProjector>();
        services.AddHostedService<DeadlineClock>();
        return services;
    }

    private static void AddEngine(IServiceCollection services)
    {
        services.AddSingleton<CallRepeats>();
        services.AddSingleton<OrleansGrains>();
        services.AddSingleton<IGrains>(provider => provider.GetRequiredService<OrleansGrains>());
        // Orleans asks for its clocks by key. They are the computer's, whatever clock the product goes by.
        services.AddKeyedSingleton(KeyedService.AnyKey, TimeProvider.System);
        services.AddLogging(logging => logging.AddFilter("Orleans", LogLevel.Warning));
        services.AddOrleans(silo => silo.UseSingle());
        services
            .AddOptions<GrainCollectionOptions>()
            .Configure<SiloOptions>(
                (collection, silo) =>
                {
                    collection.CollectionAge = silo.IdleAfter;
                    // Orleans wants it shorter than the age; looking more often than this is worth nothing.
                    collection.CollectionQuantum = TimeSpan.FromTicks(
                        Math.Min(silo.IdleAfter.Ticks / 4, Limits.IdleLooksMax.Ticks)
                    );
                }
            );
        services.Configure<SiloMessagingOptions>(messaging =>
            messaging.MaxEnqueuedRequestsHardLimit = Limits.CallsAtOnceMax
        );
    }
}
