using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Deliveries;
using EcosystemSilo.Grains.Interfaces.Sources;
using EcosystemSilo.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Engines;

/// <summary>
/// What stays in memory, and what does not. Others' grains come and go meanwhile, in answer to what they did.
/// </summary>
public abstract class IdleTests(RunningEngine engine) : EngineSuite(engine)
{
    [Fact]
    public async Task AGrainWithoutEvents_ReadsAsNull_AndLeavesNothingInMemory()
    {
        await Accept(Key, SourceCommands.Create);

        for (var guess = 0; guess < 100; guess++)
        {
            var key = Key with { Id = $"{Name}-{guess}" };
            (
                await Caller.Grains.Read<SourceView>(key, ReadAt.Newest, TestContext.Current.CancellationToken)
            ).ShouldBeNull();
        }

        // Only the one that exists stays.
        await Awaited.Until(async () => await InMemory() == 1, "what was guessed to leave memory");
    }

    [Fact]
    public async Task AGrainThatIsNotUsed_LeavesMemory_AndComesBackWhenAsked()
    {
        var loads = CountLoads();
        await Accept(Key, SourceCommands.Create);
        await Accept(Key, SourceCommands.Change(1));
        loads.Loads.ShouldBe(1);

        await Collect();

        await Awaited.Until(async () => await InMemory() == 0, "the grain to leave memory");
        (await Accept(Key, SourceCommands.Change(2))).ShouldBe(3);
        loads.Loads.ShouldBe(2);
    }

    [Fact]
    public async Task AGrainWhoseCommandIsUnderWay_StaysInMemory()
    {
        var loads = CountLoads();
        await Accept(Key, SourceCommands.Create);
        var gate = new Gate();
        BeforeAppend = _ => gate.Pass();
        var change = Ask(Key, SourceCommands.Change(1));
        await gate.Arrived();

        await Collect();

        gate.Open();
        (await change).ShouldBe(new Accepted(Key, 2, Repeated: false));
        (await Accept(Key, SourceCommands.Change(2))).ShouldBe(3);
        loads.Loads.ShouldBe(1);
    }

    /// <summary>A tenth of what is promised, unless <c>DELIVERIES</c> says how many.</summary>
    [Fact]
    public async Task ManyDeliveries_LeaveFewerThanAHundredActivations()
    {
        var count = int.Parse(Environment.GetEnvironmentVariable("DELIVERIES") ?? "10000");
        var refuse = new RefuseDelivery(new SourceId(Name), "daily", "user-unknown");
        foreach (var some in Enumerable.Range(0, count).Chunk(500))
        {
            await Task.WhenAll(
                some.Select(n => Accept(DeliveryKey.Of(TestSilo.Acme, new DeliveryId($"{Name}-{n}")), refuse))
            );
        }

        (await Active(grain => grain.Type.ToString() == DeliveryKey.Kind)).ShouldBeInRange(1, 99);
    }

    private IManagementGrain Management =>
        Engine.Silos[0].Services.GetRequiredService<IGrainFactory>().GetGrain<IManagementGrain>(0);

    /// <summary>Lets all silos give up what nobody is using at this moment.</summary>
    private Task Collect() => Management.ForceActivationCollection(TimeSpan.Zero);

    /// <summary>How many grains of this test are active.</summary>
    private Task<int> InMemory() => Active(grain => grain.ToString().Contains(Name, StringComparison.Ordinal));

    /// <summary>How many such grains are active, in all silos.</summary>
    private async Task<int> Active(Func<GrainId, bool> which) =>
        (await Management.GetDetailedGrainStatistics()).Count(active => which(active.GrainId));
}
