using System.Text.Json;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Board;
using EcosystemSilo.Grains.Interfaces.CustomerPrograms;
using EcosystemSilo.Grains.Interfaces.Deals;
using EcosystemSilo.Grains.Interfaces.Enrolments;
using EcosystemSilo.Grains.Interfaces.Lifecycle;
using EcosystemSilo.Grains.Interfaces.Lists;
using EcosystemSilo.Grains.Interfaces.Partners;
using EcosystemSilo.Journal;
using EcosystemSilo.Silo.Projections;
using EcosystemSilo.Tests.CustomerPrograms;
using EcosystemSilo.Tests.Support;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Projections;

public sealed class CardFoldTests
{
    private static readonly GrainKey Partner = PartnerKey.Of(SeededEcosystem.Acme, new PartnerId("p-1"));
    private static readonly GrainKey Deal = DealKey.Of(SeededEcosystem.Acme, new DealId("d-1"));
    private static readonly GrainKey Program = CustomerProgramKey.Of(SeededEcosystem.Acme, new("program-1"));
    private static readonly GrainKey Enrolment = EnrolmentKey.Of(SeededEcosystem.Acme, new("program-1"), new("ada"));
    private static readonly DateTimeOffset Monday = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);

    private readonly SeededEcosystem ecosystem = new(seed: 1);
    private readonly ReadModels models = new(new ManualClock());

    [Fact]
    public void APartnersCard_ShowsWhereItStands()
    {
        Happen(Partner, Registered("North Clinic"), Entered(Phase.Discovery));

        Happen(Partner, new ItemCompleted(new ItemId("kickoff"), Monday, "test"));

        var card = PartnerCard();
        card.Version.ShouldBe(3);
        card.Name.ShouldBe("North Clinic");
        card.Phase.ShouldBe(Phase.Discovery);
        card.DueAt.ShouldBe(Monday.AddDays(14));
        card.Overdue.ShouldBeFalse();
        card.Gate.ShouldBe(new CardGate(1, 2, "Sign the agreement"));
    }

    [Fact]
    public void OverdueComesFromTheAlarm_AndEndsWithThePhase()
    {
        Happen(Partner, Registered("North Clinic"), Entered(Phase.Discovery));

        Happen(Partner, new PhaseOverdue(Phase.Discovery, Monday.AddDays(14)));
        PartnerCard().Overdue.ShouldBeTrue();

        Happen(Partner, Entered(Phase.Integration));
        PartnerCard().Overdue.ShouldBeFalse();
        PartnerCard().Phase.ShouldBe(Phase.Integration);
    }

    [Fact]
    public void OptionalItems_AreNotPartOfTheGate()
    {
        Happen(Partner, Registered("North Clinic"), Entered(Phase.Discovery));

        Happen(Partner, new ItemCompleted(new ItemId("newsletter"), Monday, "test"));

        PartnerCard().Gate.ShouldBe(new CardGate(0, 2, "Hold the kick-off"));
    }

    [Fact]
    public void ADealsCard_ShowsItsPartner()
    {
        Happen(Partner, Registered("North Clinic"));
        Happen(Deal, DealRegistered());

        var card = DealCard();
        card.Name.ShouldBe("Saint Mary");
        card.PartnerName.ShouldBe("North Clinic");
        card.Tier.ShouldBe(new TierId("silver"));
        card.Category.ShouldBe(new CategoryId("medical-device"));
    }

    [Fact]
    public void ADealWhoseUnknownPartnerArrivesLater_ShowsItThen()
    {
        Happen(Deal, DealRegistered());
        DealCard().PartnerName.ShouldBeNull();
        DealCard().Tier.ShouldBeNull();

        Happen(Partner, Registered("North Clinic"));

        DealCard().PartnerName.ShouldBe("North Clinic");
    }

    [Fact]
    public void AProgramsCard_ShowsItsPartnerWhenThatArrives_AndHowManyTakePart()
    {
        Happen(Program, Created, Entered(Phase.Launch));
        ProgramCard().PartnerName.ShouldBeNull();
        Happen(Partner, Registered("North Clinic"));

        var person = new PersonEnrolled(ProgramStories.Ada, new InvitationId("i-1"), 1, ProgramGoals.None, Monday);
        Happen(Program, person, new ProgramReferralReceived("ServiceRequest/1", Monday));

        var card = ProgramCard();
        (card.PartnerName, card.Tier, card.Owner).ShouldBe(
            ("North Clinic", new TierId("silver"), new PartnerId("p-1"))
        );
        (card.Phase, card.Enrolled, card.Referrals).ShouldBe((Phase.Launch, 1, 1));
        Happen(Program, new PlaceReturned(ProgramStories.Ada, null), new ProgramRenewalDue(Monday));
        (ProgramCard().Enrolled, ProgramCard().Status, ProgramCard().IsOnBoard).ShouldBe(
            (0, ProgramStatus.RenewalDue, true)
        );
        Happen(Program, new ProgramEnded(Monday, null));
        ProgramCard().IsOnBoard.ShouldBeFalse();
    }

    [Fact]
    public void SavedPrograms_AreShownAgain_OnTheirBoardToo()
    {
        Happen(Partner, Registered("North Clinic"));
        Happen(Program, Created, Entered(Phase.Launch));
        Happen(Enrolment, new EnrolmentStarted(new("program-1"), new("ada"), new("i-1"), 1, ProgramGoals.None, Monday));
        var saved = models.TakeUnsaved();

        var again = new ReadModels(new ManualClock());
        again.Load(
            saved.Position,
            saved.Rows.Select(row =>
                ReadModels.Read(new ReaderRow(row.Key, RowJson.Write(row.Value.ShouldNotBeNull())))
            )
        );

        var ecosystemAgain = again.Of(Program.Ecosystem);
        var scope = new BoardScope(Program.Ecosystem, BoardKind.Programs, BoardFilter.Everything);
        Snapshot(ecosystemAgain.Board(BoardKind.Programs), scope).ShouldBe(Snapshot(ProgramBoard, scope));
        ecosystemAgain.Enrolments.All().ShouldBe(models.Of(Program.Ecosystem).Enrolments.All());
    }

    [Fact]
    public void WhatFollowsFromTheRest_IsNotSaved()
    {
        Happen(Partner, Registered("North Clinic"), Entered(Phase.Discovery));

        var saved = RowJson.Write(models.Of(Partner.Ecosystem).Partners.All().ShouldHaveSingleItem());

        using var row = JsonDocument.Parse(saved);
        var stay = row.RootElement.GetProperty("stay");
        stay.GetProperty("open").GetArrayLength().ShouldBeGreaterThan(0);
        stay.TryGetProperty("gate", out _).ShouldBeFalse();
    }

    [Fact]
    public void AnEventFoldedTwice_ChangesNothing()
    {
        var row = PartnerRow.Fold(null, FactOf(Partner, Registered("North Clinic")))!;
        var completed = FactOf(Partner, Entered(Phase.Discovery));
        var once = PartnerRow.Fold(row, completed);

        PartnerRow.Fold(once, completed).ShouldBeSameAs(once);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void EveryCard_SaysWhatItsGrainSays(int seed)
    {
        var life = new SeededEcosystem(seed);
        models.Fold(life.Live(600));

        foreach (var (key, (version, view)) in life.Grains)
        {
            if (view is PartnerView partner)
            {
                var card = models.Of(key.Ecosystem).Partners.Find(key.Id)!.Card();
                (card.Version, card.Name, card.Tier).ShouldBe((version, partner.Name, partner.Tier));
                Compare(card, partner.Lifecycle);
            }
            else if (view is DealView deal)
            {
                var card = models.Of(key.Ecosystem).Deals.Find(key.Id)!.Card(null);
                (card.Version, card.Name, card.Partner).ShouldBe((version, deal.Customer.Name, deal.Partner));
                (card.Status, card.Protection, card.Amount).ShouldBe((deal.Status, deal.Protection, deal.Amount));
                Compare(card, deal.Lifecycle);
            }
        }

        life.Grains.Count.ShouldBeGreaterThan(20);
    }

    private static void Compare(Card card, LifecycleView lifecycle)
    {
        var current = lifecycle.Current;
        (card.Phase, card.Since, card.DueAt).ShouldBe((current.Phase, current.EnteredAt, current.DueAt));
        card.Overdue.ShouldBe(current.OverdueSince is not null);
        var required = lifecycle.Checklist.Where(item => item.Required && item.Phase == current.Phase).ToList();
        card.Gate.ShouldBe(
            new CardGate(
                required.Count(item => item.DoneAt is not null),
                required.Count,
                required.FirstOrDefault(item => item.DoneAt is null)?.Title
            )
        );
    }

    private void Happen(GrainKey key, params IEvent[] happened) => models.Fold(ecosystem.Record(key, "test", happened));

    private Fact FactOf(GrainKey key, IEvent happened) => Fact.Of(key, ecosystem.Record(key, "test", happened)[0]);

    private PartnerCard PartnerCard() => models.Of(Partner.Ecosystem).Partners.Find(Partner.Id)!.Card();

    private BoardFeed ProgramBoard => models.Of(Program.Ecosystem).Board(BoardKind.Programs);

    private static string Snapshot(BoardFeed board, BoardScope scope)
    {
        board.Publish();
        return System.Text.Encoding.UTF8.GetString(board.Snapshot(scope).Utf8.Span);
    }

    private CustomerProgramCard ProgramCard() =>
        new CustomerProgramList(models)
            .Find(Program.Ecosystem, new CustomerProgramQuery(), new PageRequest(10))
            .Items.Single();

    private DealCard DealCard() =>
        new DealList(models).Find(Deal.Ecosystem, new DealQuery(), new PageRequest(10)).Items.Single();

    private static PartnerRegistered Registered(string name) =>
        new(name, new CategoryId("medical-device"), "north", new TierId("silver"), 1);

    private static ProgramCreated Created { get; } =
        new(
            "Moving Mary",
            new PartnerId(Partner.Id),
            new Customer("Saint Mary", "stmary.org"),
            "stmary.org",
            ProgramType.EmployerWellness,
            new Eligibility(),
            ProgramGoals.None,
            Monday,
            Monday.AddDays(365),
            Monday.AddDays(275),
            Capacity: null,
            Template: null,
            Blueprint: 1
        );

    private static DealRegistered DealRegistered() =>
        new(
            new PartnerId(Partner.Id),
            new Customer("Saint Mary", "StMary.org"),
            "stmary.org",
            new ProductId("platform"),
            new Money(12_500_000, "USD"),
            1
        );

    private static PhaseEntered Entered(Phase phase) =>
        new(
            phase,
            Monday,
            Monday.AddDays(14),
            [
                new PhaseItem(new ItemId("kickoff"), "Hold the kick-off"),
                new PhaseItem(new ItemId("newsletter"), "Subscribe to the newsletter", Required: false),
                new PhaseItem(new ItemId("agreement"), "Sign the agreement"),
            ],
            1
        );
}
