using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Blueprints;
using EcosystemSilo.Grains.Interfaces.Lifecycle;
using EcosystemSilo.Grains.Interfaces.Sources;

namespace EcosystemSilo.Tests.Simulation.Lives;

/// <summary>Something that goes on for the whole year, with luck of its own.</summary>
/// <param name="number">Tells it from others of the same seed.</param>
internal abstract class Life(World world, BlueprintDocument program, int number)
{
    protected World World => world;

    protected Clients Clients => world.Clients;

    protected BlueprintDocument Program => program;

    protected int Number => number;

    protected Random Luck { get; } = new((world.Seed * 1_000) + number);

    protected EcosystemId Ecosystem { get; } = new(program.Ecosystem);

    /// <summary>Completes when the year is over.</summary>
    public abstract Task Live();

    protected ICommand NextStep(LifecycleView lifecycle)
    {
        if (lifecycle.Visits.Count == 0 || Luck.Next(25) == 0)
        {
            return new CompleteItem(new ItemId("no-such-item"));
        }

        var open = lifecycle.Checklist.Where(item => item.DoneAt is null).ToList();
        return open.Count > 0 && Luck.Next(10) > 0 ? new CompleteItem(Any(open).Item)
            : lifecycle.Checklist.Count > 0 && Luck.Next(10) == 0 ? new CompleteItem(Any(lifecycle.Checklist).Item)
            : Luck.Next(3) == 0 ? new AdvancePhase(lifecycle.Current.Phase + 1)
            : new AdvancePhase();
    }

    /// <summary>Now and then several people do something to the same grain at once.</summary>
    protected Task[] Several(Func<Task> send) =>
        [.. Enumerable.Range(0, Luck.Next(6) == 0 ? Luck.Next(2, 6) : 1).Select(_ => send())];

    /// <summary>So long on average, as it comes.</summary>
    protected Task Wait(double days)
    {
        var time = TimeSpan.FromDays((days * -Math.Log(1 - Luck.NextDouble())) + 0.0001);
        var left = world.End - world.Now;
        return world.Pause(time < left || left <= TimeSpan.Zero ? time : left);
    }

    /// <summary>The time in whole seconds, as people choose it.</summary>
    protected DateTimeOffset About(TimeSpan ahead) =>
        DateTimeOffset.FromUnixTimeSeconds((world.Now + ahead).ToUnixTimeSeconds());

    protected SealedSecret AnySecret() => new($"sealed-{Luck.Next()}", "abcd", About(TimeSpan.Zero));

    protected PartnerId AnyPartner() =>
        new($"p-{(Luck.Next(World.PartnersCount / world.Programs.Count) * world.Programs.Count) + ProgramIndex}");

    protected T Any<T>(IReadOnlyList<T> among) => among[Luck.Next(among.Count)];

    private int ProgramIndex => world.Programs.Index().First(one => one.Item == program).Index;
}
