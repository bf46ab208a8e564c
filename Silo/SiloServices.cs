using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Outcomes;
using EcosystemSilo.Grains.Interfaces.Pauses;
using EcosystemSilo.Grains.Reactions;
using EcosystemSilo.Journal;
using EcosystemSilo.Senders.Secrets;
using EcosystemSilo.Silo.Activations;
using EcosystemSilo.Silo.Blueprints;
using EcosystemSilo.Silo.Deadlines;
using EcosystemSilo.Silo.Demo;
using EcosystemSilo.Silo.EventHubs;
using EcosystemSilo.Silo.Hosting;
using EcosystemSilo.Silo.Leases;
using EcosystemSilo.Silo.Membership;
using EcosystemSilo.Silo.Operations;
using EcosystemSilo.Silo.Outcomes;
using EcosystemSilo.Silo.Pauses;
using EcosystemSilo.Silo.Personal;
using EcosystemSilo.Silo.Projections;
using EcosystemSilo.Silo.Publications;
using EcosystemSilo.Silo.Reactions;
using EcosystemSilo.Silo.Telemetry;
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
    /// <param name="byDefault">What the process does where no setting says so.</param>
    /// <param name="isDemo">Gives every program an invented past, before anything follows the journal.</param>
    public static IServiceCollection AddSilo(
        this IServiceCollection services,
        IConfiguration configuration,
        ClusterRole byDefault = ClusterRole.Single,
        bool isDemo = false
    )
    {
        var cluster = ClusterSettings.Read(configuration, byDefault);
        ProcessRoles.Check(cluster.Role, byDefault, MasterKey.IsGiven(configuration));
        var hub = EventHubsSettings.Read(configuration);
        return services.AddProcess(
            configuration,
            cluster,
            isDemo,
            engine =>
                engine.AddEngine(
                    cluster,
                    ConnectionString(configuration),
                    new Watching(
                        TelemetryOptions.IsExported(configuration),
                        OperationsOptions.Read(configuration).Dashboard
                    ),
                    hub
                ),
            hub
        );
    }

    /// <param name="addEngine">Adds what runs the grains, where it has to start: after the journal, before whatever
    /// calls grains.</param>
    internal static IServiceCollection AddProcess(
        this IServiceCollection services,
        IConfiguration configuration,
        ClusterOptions cluster,
        bool isDemo,
        Action<IServiceCollection> addEngine,
        EventHubsOptions? hub = null
    )
    {
        var role = cluster.Role;
        services.AddSettings(configuration);
        services.AddJournal(configuration, role, hub);
        ProcessEnd.Register(services);
        services.AddSingleton(cluster);
        services.AddSingleton(
            new JournalHolding(
                role == ClusterRole.Single ? HoldKind.Alone : HoldKind.Shared,
                configuration["Journal:ConnectionString"] is null ? "Data__Folder" : "Journal__ConnectionString"
            )
        );
        services.AddSingleton<SiloMetrics>();
        services.AddSingleton<BlueprintBook>();
        services.AddSingleton<IMembershipView, Alone>();
        services.AddSingleton(WaitClock.System);
        services.AddSingleton<NewerEvents>();
        services.AddHostedService(provider => provider.GetRequiredService<NewerEvents>());
        services.AddSingleton(provider =>
        {
            var cores = ActivatorUtilities.CreateInstance<CoreHost>(provider);
            provider.GetRequiredService<SiloMetrics>().ObserveActivations(() => cores.ActiveCount);
            return cores;
        });
        services.AddSingleton<KnownViews>();
        services.AddSingleton<IKnownViews>(provider => provider.GetRequiredService<KnownViews>());
        services.AddSingleton<IRehearsal, Rehearsal>().AddSingleton<IPauses, JournalPauses>();
        services.AddHostedService<JournalHost>();
        services.AddHostedService<PublicationReader>();
        if (role.RunsGrains())
        {
            services.AddHostedService<BlueprintPublisher>();
        }

        if (isDemo)
        {
            services.AddHostedService<DemoSeed>();
        }

        addEngine(services);
        services.AddOperations(role, OperationsOptions.Read(configuration));
        services.AddSingleton<LeaseHolder>();
        services.AddHostedService(provider => provider.GetRequiredService<LeaseHolder>());
        if (role.ServesRequests())
        {
            services.AddProjections();
            services.AddSingleton<OutcomeCounting>().AddSingleton<IOutcomes, ComputedOutcomes>();
        }

        if (role.RunsGrains())
        {
            services.AddSingleton(AllReactions.List);
            services.AddHostedService<ReactionRunner>();
            services.AddHostedService<SampleProjector>();
            services.AddHostedService<DeadlineClock>();
            if (hub is not null)
            {
                services.AddHostedService<HubStart>();
            }
        }

        return services;
    }

    private static void AddSettings(this IServiceCollection services, IConfiguration configuration)
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
    }

    private static void AddJournal(
        this IServiceCollection services,
        IConfiguration configuration,
        ClusterRole role,
        EventHubsOptions? hub
    )
    {
        services.AddSingleton(provider =>
            (IJournal)
                new SealedJournal(
                    JournalFactory.Create(
                        configuration["Journal:Provider"] ?? "Sqlite",
                        ConnectionString(configuration),
                        provider.GetRequiredService<TimeProvider>(),
                        hub is null ? MembershipSchema.Steps : [.. MembershipSchema.Steps, .. HubSchema.Steps],
                        role.JournalConnections()
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
    }

    private static string ConnectionString(IConfiguration configuration) =>
        configuration["Journal:ConnectionString"]
        ?? (
            // Only SQLite has a place of its own; the other store says that it was given none.
            string.Equals(configuration["Journal:Provider"] ?? "Sqlite", "Sqlite", StringComparison.OrdinalIgnoreCase)
                ? $"Data Source={Path.Combine(configuration["Data:Folder"] ?? "data", "ecosystemsilo.db")}"
                : ""
        );
}
