using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.CustomerPrograms;
using EcosystemSilo.Grains.Interfaces.Enrolments;
using EcosystemSilo.Grains.Interfaces.Outcomes;
using EcosystemSilo.Grains.Interfaces.People;
using EcosystemSilo.Grains.Interfaces.WearableStreams;
using EcosystemSilo.Journal;
using EcosystemSilo.Journal.Memory;
using EcosystemSilo.Silo.Outcomes;
using EcosystemSilo.Silo.Projections;
using EcosystemSilo.Silo.WearableStreams;
using EcosystemSilo.Tests.CustomerPrograms;
using EcosystemSilo.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;
using static EcosystemSilo.Tests.Outcomes.PersonalWeeks;

namespace EcosystemSilo.Tests.Outcomes;

/// <summary>The sums that outcomes are made of follow from the journal.</summary>
public sealed class OutcomeRebuildTests
{
    private const int People = 6;

    /// <summary>Of the first person none, of the second one, and so on.</summary>
    private const int Weeks = People * (People - 1) / 2;

    private static readonly SourceId Watch = new("watch");
    private static readonly OutcomePeriod FourWeeks = new(WeekNo(0), WeekNo(4));
    private static readonly CustomerProgramId Program = new("program-1");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RowsThatAreMadeAgainFromTheJournal_GiveTheSameSums()
    {
        var disk = new MemoryDisk();
        string[] before;
        await using (var silo = await Start(disk))
        {
            await silo.Accept(CustomerProgramKey.Of(TestSilo.Acme, Program), ProgramStories.Create);
            for (var person = 0; person < People; person++)
            {
                await Live(silo, new PersonId($"person-{person}"), person);
            }

            before = await Sums(silo);
            before.Length.ShouldBeGreaterThan(8);
        }

        await using (var journal = new MemoryJournal(disk, TimeProvider.System))
        {
            await journal.Open(Cancellation);
            await journal.ResetReader(SampleRows.Reader, Cancellation);
            await journal.ResetReader(ReadModelReader.Name, Cancellation);
        }

        await using var again = await Start(disk);
        (await Sums(again)).ShouldBe(before);
    }

    /// <summary>Enrols a person, who walks in their own way for some weeks.</summary>
    private static async Task Live(TestSilo silo, PersonId person, int pace)
    {
        var key = PersonKey.Of(TestSilo.Acme, person);
        await silo.Accept(key, new RegisterPerson(Name: null, Contact: null, Partner: null));
        await silo.Accept(key, new GrantConsent(Purpose.Coaching, "2026-03", "app"));
        var stream = WearableStreamKey.Of(TestSilo.Acme, person, Watch);
        await silo.Accept(stream, new OpenStream(person.Value, Purpose.Coaching));
        await silo.Accept(key, new AddStream(Watch, Purpose.Coaching));
        await silo.Accept(
            EnrolmentKey.Of(TestSilo.Acme, Program, person),
            new StartEnrolment(
                Program,
                person,
                new InvitationId("i-1"),
                pace + 1,
                ProgramGoals.None,
                At(WeekNo(0).AddDays(-3))
            )
        );
        await silo.Until<WearableStreamView>(stream, view => view.IsAllowed, "the stream to be allowed");
        var readings = Enumerable
            .Range(0, 7 * pace)
            .Select(day => WeekNo(0).AddDays(day))
            .Select(day => new Reading(Measure.Steps, At(day), At(day).AddHours(1), 1_000 * (pace + day.Day), "count"));
        await silo.Accept(stream, SampleBatch.Of(readings, [], [], At(WeekNo(5))));
    }

    private static async Task<string[]> Sums(TestSilo silo)
    {
        var end = await silo.Journal.LastPosition(Cancellation);
        var everyWeek = KeyRange.Of("w/");
        await Awaited.Until(
            async () => (await silo.Journal.FindRows(SampleRows.Reader, [everyWeek], Cancellation)).Count == Weeks,
            $"{Weeks} weeks of people"
        );
        await silo.Services.GetRequiredService<Grains.Interfaces.Lists.IReadModels>().WaitFor(end, Cancellation);
        var counting = silo.Services.GetRequiredService<OutcomeCounting>();
        var programs = await counting.Count(TestSilo.Acme, ProgramStories.Create.Partner, FourWeeks, Cancellation);
        var sums = programs.ShouldHaveSingleItem().Sums;
        return [.. sums.Ids.Select(id => $"{id} {sums.Find(id)}").Order(StringComparer.Ordinal)];
    }

    private static Task<TestSilo> Start(MemoryDisk disk) =>
        TestSilo.Start(clock: new ShiftedClockAt(At(WeekNo(5))), journal: new MemoryJournal(disk, TimeProvider.System));

    private static DateTimeOffset At(DateOnly day) => new(day, new TimeOnly(8, 0), TimeSpan.Zero);

    /// <summary>Goes on from a moment at the computer's pace, so that rows are saved.</summary>
    private sealed class ShiftedClockAt(DateTimeOffset start) : TimeProvider
    {
        private readonly DateTimeOffset _began = System.GetUtcNow();

        public override DateTimeOffset GetUtcNow() => start + (System.GetUtcNow() - _began);
    }
}
