using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Journal.Memory;
using EcosystemSilo.Silo;
using EcosystemSilo.Silo.Activations;
using EcosystemSilo.Silo.Hosting;
using EcosystemSilo.Tests.Engines;
using EcosystemSilo.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Activations;

/// <summary>How much of a grain is under way at once, and for how long it stays when nothing is.</summary>
public sealed class BoundTests
{
    private static readonly GrainKey Key = SourceCommands.Key;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly WatchedJournal _journal = new(new MemoryJournal(new MemoryDisk(), TimeProvider.System));

    [Fact]
    public async Task AGrainWhoseCommitsDoNotEnd_TurnsCallersAway_AndLosesNoneOfThoseInside()
    {
        await using var silo = await TestSilo.Start(journal: _journal);
        var runner = new CoreRunner(silo.Services.GetRequiredService<CoreHost>());
        await Ask(runner, SourceCommands.Create, 0);
        var gate = new Gate();
        _journal.BeforeAppend = append => append.Grain == Key.ToString() ? gate.Pass() : Task.CompletedTask;
        var inside = Enumerable
            .Range(1, Limits.UncommittedMax)
            .Select(n => Ask(runner, SourceCommands.Change(n), n))
            .ToArray();
        await gate.Arrived(Limits.UncommittedMax);

        var turnedAway = await Should.ThrowAsync<GrainUnavailableException>(() =>
            Ask(runner, SourceCommands.Change(0), -1).WaitAsync(Patience, TestContext.Current.CancellationToken)
        );

        turnedAway.Message.ShouldBe($"{Key} has {Limits.UncommittedMax} commands waiting; try again soon.");
        gate.Open();
        (await Task.WhenAll(inside)).ShouldAllBe(reply => reply is Accepted);
        (await silo.Events(Key)).Count.ShouldBe(1 + Limits.UncommittedMax);
    }

    /// <summary>Orleans counts the calls that run, of which a grain's own bounds let in fewer.</summary>
    [Fact]
    public async Task BeyondTheLimitThatOrleansHas_CallersAreTurnedAway_AndNotRepeated()
    {
        await using var silo = await TestSilo.Start(
            journal: _journal,
            change: services =>
                services.PostConfigure<SiloMessagingOptions>(messaging => messaging.MaxEnqueuedRequestsHardLimit = 3)
        );
        var gate = new Gate();
        _journal.BeforeLoad = grain => grain == Key.ToString() ? gate.Pass() : Task.CompletedTask;
        var create = silo.Ask(Key, SourceCommands.Create);
        await gate.Arrived();

        var changes = Enumerable
            .Range(0, 20)
            .Select(n => TurnedAway.OrAnswered(silo.Ask(Key, SourceCommands.Change(n))))
            .ToArray();
        await Awaited.Until(
            () => Task.FromResult(changes.Any(change => change.IsCompleted)),
            "those for whom there is no room to be turned away"
        );
        gate.Open();

        var told = await Task.WhenAll(changes);
        var turnedAway = told.OfType<string>().ToArray();
        turnedAway.ShouldNotBeEmpty();
        turnedAway.ShouldAllBe(message => message == $"{Key} has too many calls waiting; try again soon.");
        (await create).ShouldBeOfType<Accepted>();
        (await silo.Events(Key)).Count.ShouldBe(1 + told.Length - turnedAway.Length);
    }

    [Fact]
    public async Task OrleansOwnLimit_IsBeyondThoseOfAGrain_AndNoCallIsCancelledWhenItTakesTooLong()
    {
        await using var silo = await TestSilo.Start(journal: _journal);
        var messaging = silo.Services.GetRequiredService<IOptions<SiloMessagingOptions>>().Value;

        messaging.MaxEnqueuedRequestsHardLimit.ShouldBeGreaterThan(Limits.UndecidedMax + Limits.UncommittedMax);
        messaging.CancelRequestOnTimeout.ShouldBeFalse();
    }

    [Theory]
    [InlineData("00:00:01", "00:00:00.2500000")]
    [InlineData("00:00:04", "00:00:01")]
    [InlineData("00:10:00", "00:01:00")]
    [InlineData("10.00:00:00", "00:01:00")]
    public void IdleGrains_AreLookedForFourTimesInTheirTime_AndOnceAMinuteAtLeast(string idle, string looks)
    {
        var services = new ServiceCollection();
        services.AddSingleton(new Silo.SiloOptions { IdleAfter = Time(idle) });
        Engine.Bound(services);
        using var provider = services.BuildServiceProvider();

        var collection = provider.GetRequiredService<IOptions<GrainCollectionOptions>>().Value;

        collection.CollectionAge.ShouldBe(Time(idle));
        collection.CollectionQuantum.ShouldBe(Time(looks));
        collection.CollectionAge.ShouldBeGreaterThan(collection.CollectionQuantum, "Orleans refuses to start");
    }

    private static TimeSpan Time(string text) =>
        TimeSpan.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static Task<Reply> Ask(CoreRunner runner, ICommand command, int id) =>
        runner.Ask(
            Key,
            command,
            new Ask("acme/test", $"{id}", "test", "correlation"),
            TestContext.Current.CancellationToken
        );
}
