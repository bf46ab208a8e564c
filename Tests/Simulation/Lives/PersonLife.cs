using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Blueprints;
using EcosystemSilo.Grains.Interfaces.People;
using EcosystemSilo.Grains.Interfaces.WearableStreams;

namespace EcosystemSilo.Tests.Simulation.Lives;

/// <summary>A person who wears something that counts steps, agrees to its use, and sometimes no longer.</summary>
internal sealed class PersonLife(World world, BlueprintDocument program, int number, PersonId id)
    : Life(world, program, number)
{
    private const int PeopleCount = 5;

    private static readonly SourceId Watch = new("watch");

    private int _readings;

    public static IReadOnlyList<PersonId> People(string ecosystem) =>
        [.. Enumerable.Range(0, PeopleCount).Select(person => new PersonId($"{ecosystem}-{person}"))];

    public override async Task Live()
    {
        var person = PersonKey.Of(Ecosystem, id);
        var stream = WearableStreamKey.Of(Ecosystem, id, Watch);
        await Wait(days: 20);
        await Clients.Send(person, new RegisterPerson("Ann", "ann@example.org", AnyPartner()));
        await Clients.Send(person, new GrantConsent(Purpose.Coaching, "v1", "app"));
        while (!World.IsOver && await Clients.Send(stream, Open()) is not Accepted)
        {
            await Wait(days: 1);
        }

        await Clients.Send(person, new AddStream(Watch, Purpose.Coaching));
        while (!World.IsOver)
        {
            await Wait(days: 2);
            await Task.WhenAll(Several(() => Next(person, stream)));
        }
    }

    private Task Next(GrainKey person, GrainKey stream) =>
        Luck.Next(60) switch
        {
            < 50 => Clients.Send(stream, AnySteps()),
            < 53 => Clients.Send(person, new WithdrawConsent(Purpose.Coaching, "app")),
            < 57 => Clients.Send(person, new GrantConsent(Purpose.Coaching, "v1", "app")),
            57 => Clients.Send(stream, new DisconnectStream("user-left")),
            58 => Clients.Send(stream, Open()),
            _ => Luck.Next(8) == 0 ? Clients.Send(person, new ErasePerson()) : Task.CompletedTask,
        };

    private OpenStream Open() => new($"user-{Number}", Purpose.Coaching);

    /// <summary>Mostly of the last hours, sometimes of last week.</summary>
    private StoreSamples AnySteps()
    {
        var since = About(-TimeSpan.FromHours(Luck.Next(6) == 0 ? Luck.Next(60, 200) : Luck.Next(1, 24)));
        var readings = Enumerable
            .Range(0, Luck.Next(1, 5))
            .Select(at => new Reading(Measure.Steps, since.AddMinutes(at), null, Luck.Next(1, 500), "steps")
            {
                Id = $"r-{++_readings}",
                Version = 1,
            })
            .ToList();
        return SampleBatch.Of(readings, deleted: [], setAside: [], World.Now);
    }
}
