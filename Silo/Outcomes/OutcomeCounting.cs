using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.CustomerPrograms;
using EcosystemSilo.Grains.Interfaces.Lists;
using EcosystemSilo.Grains.Interfaces.Outcomes;
using EcosystemSilo.Grains.Outcomes;
using EcosystemSilo.Grains.WearableStreams;
using EcosystemSilo.Journal;
using EcosystemSilo.Silo.Projections;
using EcosystemSilo.Silo.WearableStreams;

namespace EcosystemSilo.Silo.Outcomes;

/// <summary>A program and its cells.</summary>
internal sealed record CountedProgram(CustomerProgramId Id, CustomerProgramView Program, OutcomeSums Sums);

/// <summary>
/// Counts the people of a partner's programs: who takes part and agrees is in the lists, what they did in their weeks'
/// rows.
/// </summary>
internal sealed class OutcomeCounting(IJournal journal, ReadModels models, IGrains grains)
{
    public async Task<IReadOnlyList<CountedProgram>> Count(
        EcosystemId ecosystem,
        PartnerId partner,
        OutcomePeriod period,
        CancellationToken cancellation
    )
    {
        var lists = models.Of(ecosystem);
        var programs = new Dictionary<CustomerProgramId, CountedProgram>();
        foreach (var row in lists.Programs.All().Where(row => row.Partner == partner))
        {
            var id = new CustomerProgramId(row.Id);
            var key = CustomerProgramKey.Of(ecosystem, id);
            if (await grains.Read<CustomerProgramView>(key, ReadAt.Newest, cancellation) is { } program)
            {
                programs.Add(id, new CountedProgram(id, program.View, new OutcomeSums()));
            }
        }

        var people = lists
            .Enrolments.All()
            .Select(row => row.Card)
            .Where(card => programs.TryGetValue(card.Program, out var program) && Agrees(lists, card.Person, program))
            .GroupBy(card => card.Person)
            .Select(person => (Person: new PersonKeyParts(ecosystem, person.Key), Parts: Parts(person, programs)));
        foreach (var several in people.Chunk(Limits.OutcomePeoplePerRead))
        {
            await Count(several, period, cancellation);
        }

        return [.. programs.Values];
    }

    private async Task Count(
        IReadOnlyCollection<(PersonKeyParts Person, IReadOnlyList<Participation> Parts)> people,
        OutcomePeriod period,
        CancellationToken cancellation
    )
    {
        var ranges = people.SelectMany(person =>
            person
                .Parts.Select(part => SampleRows.WeekRange(person.Person, part.First, part.BaselineLast))
                .Append(SampleRows.WeekRange(person.Person, period.From, period.Before))
        );
        var rows = await journal.FindRows(SampleRows.Reader, [.. ranges], cancellation);
        var weeks = people.ToDictionary(person => person.Person, _ => new Dictionary<DateOnly, PersonWeek>());
        foreach (var row in rows)
        {
            // Without its value it is that of somebody who was erased a moment ago. Ranges overlap.
            if (row.Value is { } value)
            {
                weeks[SampleRows.PersonOf(row.Key)]
                    .TryAdd(SampleRows.WeekOf(row.Key), PersonWeekCodec.Read(value.Span));
            }
        }

        foreach (var (person, parts) in people)
        {
            Participation.Count(parts, weeks[person], period);
        }
    }

    private static bool Agrees(EcosystemModels lists, PersonId person, CountedProgram program) =>
        lists.People.Find(person.Value)?.Consents.Contains(Participation.PurposeOf(program.Program.Type)) == true;

    /// <summary>The one joined first stands first.</summary>
    private static IReadOnlyList<Participation> Parts(
        IEnumerable<EnrolmentCard> enrolments,
        Dictionary<CustomerProgramId, CountedProgram> programs
    ) =>
        [
            .. enrolments
                .OrderBy(card => card.EnrolledAt)
                .ThenBy(card => card.Program.Value, StringComparer.Ordinal)
                .Select(card =>
                    Participation.Of(
                        programs[card.Program].Sums,
                        programs[card.Program].Program,
                        card.EnrolledAt,
                        card.WithdrawnAt
                    )
                ),
        ];
}
