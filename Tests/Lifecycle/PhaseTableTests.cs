using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Lifecycle;
using EcosystemSilo.Grains.Interfaces.Partners;
using EcosystemSilo.Grains.Partners;
using EcosystemSilo.Tests.Support;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Lifecycle;

/// <summary>Every phase x every state of its gate x every way to ask for the next one.</summary>
public sealed class PhaseTableTests
{
    private static readonly Phase[] Phases = Enum.GetValues<Phase>();

    /// <summary>What must be completed in each phase of the story rules before its gate opens.</summary>
    private static readonly string[][] Required =
    [
        ["kickoff"],
        ["api-access"],
        ["pilot"],
        [],
    ];

    public static TheoryData<Phase, string, string, string> Table =>
        Read(
            """
            phase       | gate     | asked       | result
            Discovery   | closed   | none        | !gate-not-met
            Discovery   | closed   | Discovery   | !phase-skipped
            Discovery   | closed   | Integration | !gate-not-met
            Discovery   | closed   | Launch      | !phase-skipped
            Discovery   | closed   | Scale       | !phase-skipped
            Discovery   | open     | none        | Integration
            Discovery   | open     | Discovery   | !phase-skipped
            Discovery   | open     | Integration | Integration
            Discovery   | open     | Launch      | !phase-skipped
            Discovery   | open     | Scale       | !phase-skipped
            Integration | closed   | none        | !gate-not-met
            Integration | closed   | Discovery   | !phase-skipped
            Integration | closed   | Integration | !phase-skipped
            Integration | closed   | Launch      | !gate-not-met
            Integration | closed   | Scale       | !phase-skipped
            Integration | open     | none        | Launch
            Integration | open     | Discovery   | !phase-skipped
            Integration | open     | Integration | !phase-skipped
            Integration | open     | Launch      | Launch
            Integration | open     | Scale       | !phase-skipped
            Launch      | closed   | none        | !gate-not-met
            Launch      | closed   | Discovery   | !phase-skipped
            Launch      | closed   | Integration | !phase-skipped
            Launch      | closed   | Launch      | !phase-skipped
            Launch      | closed   | Scale       | !gate-not-met
            Launch      | open     | none        | Scale
            Launch      | open     | Discovery   | !phase-skipped
            Launch      | open     | Integration | !phase-skipped
            Launch      | open     | Launch      | !phase-skipped
            Launch      | open     | Scale       | Scale
            Scale       | open     | none        | !phase-last
            Scale       | open     | Discovery   | !phase-last
            Scale       | open     | Integration | !phase-last
            Scale       | open     | Launch      | !phase-last
            Scale       | open     | Scale       | !phase-last
            """
        );

    [Theory]
    [MemberData(nameof(Table))]
    public void AskingForThePhase_EndsIn(Phase phase, string gate, string asked, string result)
    {
        Phase? to = asked == "none" ? null : Enum.Parse<Phase>(asked);

        var outcome = In(phase, gate == "open").When(new AdvancePhase(to));

        if (result.StartsWith('!'))
        {
            outcome.ThenRefused(result[1..], "to");
        }
        else
        {
            outcome.ToString().ShouldBe("lifecycle.phase-entered");
            outcome.Is<PartnerView>().Lifecycle.Current.Phase.ShouldBe(Enum.Parse<Phase>(result));
        }
    }

    [Fact]
    public void TheTable_HasEveryCombination()
    {
        var gates = Phases.SelectMany(phase => phase == Phase.Scale ? ["open"] : new[] { "closed", "open" }, Pair);
        var asks = Phases.Select(phase => phase.ToString()).Prepend("none").ToArray();
        var all = gates.SelectMany(_ => asks, (gate, ask) => (gate.Phase, gate.Gate, ask));

        Table.Select(row => (row.Data.Item1, row.Data.Item2, row.Data.Item3)).ShouldBe(all, ignoreOrder: true);
    }

    [Fact]
    public void AnOptionalItem_DoesNotHoldTheGate()
    {
        var partner = In(Phase.Discovery, open: true);

        var tour = partner
            .When(new AdvancePhase())
            .Is<PartnerView>()
            .Lifecycle.Checklist.Single(i => i.Item.Value == "tour");
        tour.DoneAt.ShouldBeNull();
    }

    [Fact]
    public void AnItemOfACategory_HoldsTheGateOfThatCategoryOnly()
    {
        var hospital = Story
            .Of(Partner.Kind, "p-1")
            .Given(
                StoryRules.Register with
                {
                    Category = StoryRules.Hospital,
                },
                new CompleteItem(new ItemId("kickoff"))
            );

        var refusal = hospital.When(new AdvancePhase()).ThenRefused(Refusals.GateNotMet, "to").Decision.Refusal;
        refusal.ShouldNotBeNull().Message.ShouldBe("The gate to 'integration' is closed; missing: baa.");
        hospital.Given(new CompleteItem(new ItemId("baa"))).When(new AdvancePhase()).Accepted();
    }

    [Fact]
    public void History_KeepsEveryStay_WithItsTimes()
    {
        var start = Story.Morning;
        var partner = Story.Of(Partner.Kind, "p-1").Given(StoryRules.Register, new CompleteItem(new ItemId("kickoff")));

        var visits = partner.After(TimeSpan.FromDays(2)).When(new AdvancePhase()).Is<PartnerView>().Lifecycle.Visits;

        visits.ShouldBe([
            new PhaseVisit(Phase.Discovery, start, start.AddDays(7), LeftAt: start.AddDays(2)),
            new PhaseVisit(Phase.Integration, start.AddDays(2), start.AddDays(2 + 21)),
        ]);
    }

    private static Story In(Phase phase, bool open)
    {
        var story = Story.Of(Partner.Kind, "p-1").Given(StoryRules.Register);
        for (var at = Phase.Discovery; at <= phase; at++)
        {
            if (at < phase || open)
            {
                story = story.Given([.. Required[(int)at].Select(item => new CompleteItem(new ItemId(item)))]);
            }

            story = at < phase ? story.Given(new AdvancePhase()) : story;
        }

        return story;
    }

    private static (Phase Phase, string Gate) Pair(Phase phase, string gate) => (phase, gate);

    private static TheoryData<Phase, string, string, string> Read(string table) =>
        [
            .. TextTable
                .Rows(table)
                .Select(row => new TheoryDataRow<Phase, string, string, string>(
                    Enum.Parse<Phase>(row[0]),
                    row[1],
                    row[2],
                    row[3]
                )),
        ];
}
