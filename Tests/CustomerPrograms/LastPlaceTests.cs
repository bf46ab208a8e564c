using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.CustomerPrograms;
using EcosystemSilo.Grains.Interfaces.Enrolments;
using EcosystemSilo.Grains.Interfaces.Lifecycle;
using EcosystemSilo.Tests.Support;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.CustomerPrograms;

/// <summary>Many people ask for the same place at the same instant.</summary>
public sealed class LastPlaceTests
{
    private const int People = 32;

    private static readonly CustomerProgramId Id = new("program-1");
    private static readonly GrainKey Program = CustomerProgramKey.Of(TestSilo.Acme, Id);

    [Fact]
    public Task OfManyWhoUseTheLastUseOfACode_ExactlyOneTakesPart() =>
        Race(ProgramStories.Create, ProgramStories.Invite, Refusals.InvitationUsedUp);

    [Fact]
    public Task OfManyWhoWantTheLastPlace_ExactlyOneTakesPart() =>
        Race(
            ProgramStories.Create with
            {
                Capacity = 1,
            },
            ProgramStories.Invite with
            {
                UsesMax = People,
            },
            Refusals.ProgramFull
        );

    [Fact]
    public async Task OfManyAttemptsOfOnePerson_OneCounts_AndTheOtherUsesComeBack()
    {
        await using var silo = await TestSilo.Start();
        await Launch(silo, ProgramStories.Create, ProgramStories.Invite with { UsesMax = People });
        var enrol = new EnrolPerson(ProgramStories.Ada, ProgramStories.CodeHash);

        await Task.WhenAll(Enumerable.Range(0, People).Select(_ => silo.Accept(Program, enrol)));

        var program = await silo.Until<CustomerProgramView>(
            Program,
            view => view is { PlacesGiven: People, Enrolled: 1 },
            "all places but one to come back"
        );
        program.Invitations.Single().Uses.ShouldBe(1);
        var enrolment = await silo.Read<EnrolmentView>(EnrolmentKey.Of(TestSilo.Acme, Id, ProgramStories.Ada));
        enrolment.View.Number.ShouldBe(1);
    }

    private static async Task Race(CreateProgram create, CreateInvitation invite, string refusal)
    {
        await using var silo = await TestSilo.Start();
        await Launch(silo, create, invite);

        var replies = await Task.WhenAll(
            Enumerable
                .Range(0, People)
                .Select(at => silo.Ask(Program, new EnrolPerson(new PersonId($"person-{at}"), invite.Hash)))
        );

        replies.OfType<Accepted>().Count().ShouldBe(1);
        replies.OfType<Refused>().Select(refused => refused.Refusal.Code).Distinct().ShouldBe([refusal]);
        var program = await silo.Read<CustomerProgramView>(Program);
        (program.View.Enrolled, program.View.Invitations.Single().Uses).ShouldBe((1, 1));
    }

    private static async Task Launch(TestSilo silo, CreateProgram create, CreateInvitation invite)
    {
        var later = TimeProvider.System.GetUtcNow().AddDays(30);
        await silo.Accept(Program, create with { Ends = later });
        for (var phase = Phase.Discovery; phase < Phase.Launch; phase++)
        {
            var open = (await silo.Read<CustomerProgramView>(Program)).View.Lifecycle.Checklist;
            foreach (var item in open.Where(item => item is { Required: true, DoneAt: null }))
            {
                await silo.Accept(Program, new CompleteItem(item.Item));
            }

            await silo.Accept(Program, new AdvancePhase());
        }

        await silo.Accept(Program, invite with { ExpiresAt = later });
    }
}
