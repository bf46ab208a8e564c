using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Accounts;
using EcosystemSilo.Grains.Interfaces.Blueprints;
using EcosystemSilo.Grains.Interfaces.CustomerPrograms;
using EcosystemSilo.Grains.Interfaces.Deals;
using EcosystemSilo.Grains.Interfaces.Endpoints;
using EcosystemSilo.Grains.Interfaces.Enrolments;
using EcosystemSilo.Grains.Interfaces.Partners;
using EcosystemSilo.Grains.Interfaces.Pauses;
using EcosystemSilo.Grains.Interfaces.People;
using EcosystemSilo.Grains.Interfaces.WearableStreams;

namespace EcosystemSilo.Tests.Simulation.Lives;

/// <summary>An operator who pauses one grain or another, and resumes it some time later.</summary>
internal sealed class PauseLife(World world, BlueprintDocument program, int number) : Life(world, program, number)
{
    private static readonly HashSet<string> Kinds =
    [
        PartnerKey.Kind,
        DealKey.Kind,
        AccountKey.Kind,
        EndpointKey.Kind,
        CustomerProgramKey.Kind,
        EnrolmentKey.Kind,
        PersonKey.Kind,
        WearableStreamKey.Kind,
    ];

    public override async Task Live()
    {
        await Wait(days: 5);
        while (!World.IsOver)
        {
            if (AnyGrain() is { } grain)
            {
                await Clients.Send(grain, new PauseGrain("somebody looks into it"));
                await Wait(Luck.Next(4) == 0 ? 8 : 0.5);
                await Resume(World, grain);
            }

            await Wait(days: 3);
        }
    }

    /// <summary>Ends every pause: a command that was on its way for days may have begun another.</summary>
    public static async Task ResumeAll(World world)
    {
        foreach (var grain in Paused(world))
        {
            await Resume(world, grain);
        }
    }

    private static async Task Resume(World world, GrainKey grain)
    {
        while (await world.Clients.Send(grain, new ResumeGrain()) is not Accepted)
        {
            await world.Pause(TimeSpan.FromMinutes(1));
        }
    }

    private static List<GrainKey> Paused(World world) =>
        [
            .. world
                .Store.Disk.AllEvents(afterPosition: 0, int.MaxValue)
                .Where(recorded => recorded.Name.StartsWith("grain.", StringComparison.Ordinal))
                .GroupBy(recorded => recorded.Grain, StringComparer.Ordinal)
                .Where(pauses => pauses.Last().Name == "grain.paused")
                .Select(pauses => GrainKey.Parse(pauses.Key)),
        ];

    /// <summary>One to which something has happened lately, most likely: others would have nothing to miss.</summary>
    private GrainKey? AnyGrain()
    {
        var last = World.Store.Disk.LastPosition();
        var from = Math.Max(0, last - Luck.Next(1, 200));
        return World
            .Store.Disk.AllEvents(from, 200)
            .Select(recorded => GrainKey.Parse(recorded.Grain))
            .Where(grain => Kinds.Contains(grain.Kind))
            .Select(grain => (GrainKey?)grain)
            .FirstOrDefault();
    }
}
