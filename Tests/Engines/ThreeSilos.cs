using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Sources;
using EcosystemSilo.Silo;
using EcosystemSilo.Silo.Activations;
using EcosystemSilo.Silo.Hosting;
using EcosystemSilo.Silo.Membership;
using EcosystemSilo.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.TestingHost;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Engines;

/// <summary>Three silos of one cluster and a client of theirs; calls between them go as bytes.</summary>
public sealed class ThreeSilos : RunningEngine
{
    private InProcessTestCluster? _cluster;

    protected override async Task<(IReadOnlyList<TestSilo> Silos, IReadOnlyList<TestSilo> Callers)> Start()
    {
        var builder = new InProcessTestClusterBuilder(3);
        builder.Options.ConfigureFileLogging = false;
        builder.ConfigureSiloHost((_, host) => Add(host, ClusterRole.Silo, AddSilo));
        builder.ConfigureClientHost(host => Add(host, ClusterRole.Gateway, AddClient));
        _cluster = builder.Build();
        await _cluster.DeployAsync();
        TestSilo[] silos = [.. _cluster.Silos.Select(silo => TestSilo.In(silo.ServiceProvider))];
        return (silos, [TestSilo.In(_cluster.Client.ServiceProvider), .. silos]);
    }

    protected override async ValueTask Stop()
    {
        if (_cluster is not null)
        {
            await _cluster.StopAllSilosAsync();
            await _cluster.DisposeAsync();
        }
    }

    private void Add(IHostApplicationBuilder host, ClusterRole role, Action<IServiceCollection> addEngine)
    {
        TestSilo.Prepare(host, clock: Clock);
        var options = new Silo.Membership.ClusterOptions { Role = role };
        host.Services.AddProcess(host.Configuration, options, isDemo: false, addEngine);
        Change(host.Services);
    }

    private static void AddSilo(IServiceCollection services)
    {
        services.AddCalls();
        services.AddSingleton<IClusterLink, OwnSilo>();
        services.AddOrleans(_ => { });
        Engine.Bound(services);
    }

    private static void AddClient(IServiceCollection services)
    {
        services.AddCalls();
        services.AddSingleton<IClusterLink, OwnSilo>();
        services.AddOrleansClient(_ => { });
    }
}

[CollectionDefinition]
public sealed class ThreeSilosCollection : ICollectionFixture<ThreeSilos>;

[Collection<ThreeSilosCollection>]
public sealed class ThreeSilosConflictTests(ThreeSilos engine) : ConflictTests(engine);

[Collection<ThreeSilosCollection>]
public sealed class ThreeSilosFailedAppendTests(ThreeSilos engine) : FailedAppendTests(engine);

[Collection<ThreeSilosCollection>]
public sealed class ThreeSilosHotGrainTests(ThreeSilos engine) : HotGrainTests(engine);

[Collection<ThreeSilosCollection>]
public sealed class ThreeSilosRepeatTests(ThreeSilos engine) : RepeatTests(engine);

[Collection<ThreeSilosCollection>]
public sealed class ThreeSilosTwoActivationsTests(ThreeSilos engine) : TwoActivationsTests(engine);

[Collection<ThreeSilosCollection>]
public sealed class ThreeSilosCommittedReadTests(ThreeSilos engine) : CommittedReadTests(engine);

[Collection<ThreeSilosCollection>]
public sealed class ThreeSilosIdleTests(ThreeSilos engine) : IdleTests(engine);

[Collection<ThreeSilosCollection>]
public sealed class ThreeSilosCallTests(ThreeSilos engine) : CallTests(engine);

[Collection<ThreeSilosCollection>]
public sealed class ThreeSilosDeadlineTests(ThreeSilos engine) : EngineDeadlineTests(engine);

[Collection<ThreeSilosCollection>]
public sealed class ThreeSilosPublicationTests(ThreeSilos engine) : EnginePublicationTests(engine);

[Collection<ThreeSilosCollection>]
public sealed class SpreadTests(ThreeSilos engine) : EngineSuite(engine)
{
    [Fact]
    public async Task Grains_LiveOnEverySilo_AndAreReachedThroughEveryProcess()
    {
        var keys = new List<GrainKey>();

        // Orleans places grains where it last saw room, and one flood of them may be over before it looks again.
        await Awaited.Until(
            async () =>
            {
                var more = Enumerable.Range(keys.Count, 20).Select(n => Key with { Id = $"{Name}-{n}" }).ToArray();
                keys.AddRange(more);
                await Task.WhenAll(more.Select(key => Accept(key, SourceCommands.Create)));
                return Engine.Silos.All(silo => silo.Services.GetRequiredService<CoreHost>().ActiveCount > 0);
            },
            "grains on every silo"
        );

        foreach (var caller in Engine.Callers)
        {
            var read = await Task.WhenAll(keys.Select(key => caller.Read<SourceView>(key)));
            read.ShouldAllBe(view => view.Version == 1);
        }
    }
}
