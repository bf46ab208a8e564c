using EcosystemSilo.Grains.Blueprints;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Blueprints;
using EcosystemSilo.Grains.Interfaces.CustomerPrograms;
using EcosystemSilo.Grains.Interfaces.Deals;
using EcosystemSilo.Grains.Interfaces.Lifecycle;
using EcosystemSilo.Grains.Interfaces.Partners;
using EcosystemSilo.Grains.Interfaces.People;
using EcosystemSilo.Grains.Interfaces.WearableStreams;

namespace EcosystemSilo.Silo.Demo;

/// <summary>
/// A partner with two programs, one of which is too small for its outcomes to be shown, and the weeks of the people in
/// them: most wear a watch, fewer every week, and walk more than they did.
/// </summary>
internal sealed class DemoProgram(BlueprintDocument blueprint, Random random, DateTimeOffset now)
{
    private const int BeginsDaysAgo = 86;
    private const int EnrolsDaysAgo = 84;
    private const int DaysInWeek = 7;

    private static readonly PartnerId Partner = new("demo-care");
    private static readonly SourceId Source = new("demo");
    private static readonly InvitationId Invitation = new("i-demo");

    /// <summary>The hash of no code that anybody knows.</summary>
    private static readonly string CodeHash = Convert.ToBase64String(new byte[32]);

    private static readonly (string Name, string Customer, string Domain, int People)[] Programs =
    [
        ("Moving at work", "Lakeside Works", "lakeside-works.example", 130),
        ("Steps after the night shift", "Northgate Clinic", "northgate-clinic.example", 8),
    ];

    private readonly EcosystemId _ecosystem = new(blueprint.Ecosystem);
    private readonly DateTimeOffset _ends = now.AddDays(365);

    public IEnumerable<DemoStep> Steps() =>
        Programs
            .SelectMany((facts, index) => Program(new CustomerProgramId($"demo-program-{index + 1}"), facts))
            .Prepend(new DemoStep(BeginsDaysAgo, PartnerKey.Of(_ecosystem, Partner), Register()));

    private RegisterPartner Register() =>
        new("Evergreen Motion Partners", new CategoryId(blueprint.Categories[0].Id), "Northeast");

    private IEnumerable<DemoStep> Program(
        CustomerProgramId id,
        (string Name, string Customer, string Domain, int People) facts
    )
    {
        var key = CustomerProgramKey.Of(_ecosystem, id);
        var people = Enumerable.Range(1, facts.People).Select(number => new PersonId($"{id}-{number:000}")).ToList();
        return
        [
            .. Beginning(facts).Select(command => new DemoStep(BeginsDaysAgo, key, command)),
            .. people.Select(person => new DemoStep(EnrolsDaysAgo, key, new EnrolPerson(person, CodeHash))),
            .. people.SelectMany(Life),
        ];
    }

    private IEnumerable<ICommand> Beginning((string Name, string Customer, string Domain, int People) facts) =>
        [
            new CreateProgram(
                facts.Name,
                Partner,
                new Customer(facts.Customer, facts.Domain),
                ProgramType.EmployerWellness,
                now.AddDays(-BeginsDaysAgo),
                _ends,
                Goals: new ProgramGoals(
                    new Dictionary<Measure, int> { [Measure.Steps] = 8_000, [Measure.Sleep] = 420 },
                    ActivePercent: 70
                ),
                Capacity: facts.People + 20
            ),
            .. Enum.GetValues<Phase>().Where(phase => phase != Phase.Scale).SelectMany(Through),
            new CreateInvitation(Invitation, CodeHash, "demo", facts.People, _ends),
        ];

    private IEnumerable<ICommand> Through(Phase phase) =>
        blueprint
            .ProgramPhase(phase)!
            .Items()
            .Where(item => item.Required)
            .Select(ICommand (item) => new CompleteItem(item.Item))
            .Append(new AdvancePhase());

    private IEnumerable<DemoStep> Life(PersonId person)
    {
        var key = PersonKey.Of(_ecosystem, person);
        var stream = WearableStreamKey.Of(_ecosystem, person, Source);
        return
        [
            new DemoStep(BeginsDaysAgo, key, new RegisterPerson(Name: null, Contact: null, Partner)),
            new DemoStep(BeginsDaysAgo, key, new GrantConsent(Purpose.Coaching, "2026-01", "app")),
            new DemoStep(BeginsDaysAgo, key, new AddStream(Source, Purpose.Coaching)),
            new DemoStep(BeginsDaysAgo, stream, new OpenStream(person.Value, Purpose.Coaching)),
            new DemoStep(BeginsDaysAgo, stream, new FollowConsent(IsAllowed: true, Serial: 1)),
            .. Weeks().Select(week => new DemoStep(week.DaysAgo, stream, week.Samples)),
        ];
    }

    /// <summary>What the watch tells, once a week.</summary>
    private IEnumerable<(int DaysAgo, StoreSamples Samples)> Weeks()
    {
        var pace = random.Next(4_500, 8_500);
        var sleep = random.Next(370, 450);
        // Of ten people one never wears it, and four stop some day.
        var staysDays = random.Next(10) switch
        {
            0 => 0,
            < 5 => random.Next(20, EnrolsDaysAgo),
            _ => EnrolsDaysAgo,
        };
        for (var day = 0; day + DaysInWeek <= staysDays; day += DaysInWeek)
        {
            var from = now.AddDays(day - EnrolsDaysAgo);
            yield return (EnrolsDaysAgo - day - DaysInWeek, Week(from, pace + (day * 15), sleep + (day / 4)));
        }
    }

    private StoreSamples Week(DateTimeOffset from, int steps, int sleep)
    {
        var readings = Enumerable
            .Range(0, DaysInWeek)
            .Select(day => new DateTimeOffset(from.UtcDateTime.Date, TimeSpan.Zero).AddDays(day))
            .SelectMany(day =>
                new[]
                {
                    new Reading(Measure.Steps, day.AddHours(8), day.AddHours(20), Around(steps, 1_500), "count"),
                    new Reading(Measure.Sleep, day.AddHours(-1), day.AddHours(7), Around(sleep, 40), "min"),
                }
            );
        return SampleBatch.Of(readings, [], [], from.AddDays(DaysInWeek));
    }

    private int Around(int value, int by) => value + random.Next(-by, by);
}
