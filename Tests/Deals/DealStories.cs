using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Deals;
using EcosystemSilo.Grains.Interfaces.Lifecycle;
using EcosystemSilo.Grains.Lifecycle;
using EcosystemSilo.Tests.Support;

namespace EcosystemSilo.Tests.Deals;

/// <summary>A deal in every state it can be in, and every command that can reach it, by name.</summary>
internal static class DealStories
{
    public static readonly DateTimeOffset ProtectedUntil = Story.Morning.AddDays(90);

    public static readonly RegisterDeal Register = new(
        new PartnerId("p-1"),
        new Customer("St Mary", "https://www.StMary.org/"),
        StoryRules.Enterprise,
        new Money(12_500_000, "USD")
    );

    public static IReadOnlyDictionary<string, Story> States { get; } =
        new Dictionary<string, Story>(StringComparer.Ordinal)
        {
            ["unknown"] = Deal(),
            ["pending"] = Deal(Register),
            ["protected"] = Deal(Register, Protect),
            ["queued"] = Deal(Register, new ConfirmQueued(2)),
            ["unprotected"] = Deal(Register, Protect, new EndProtection()),
            ["returned"] = Deal(Register, Protect, new ReturnDeal("which edition?")),
            ["approved"] = Deal(Register, Protect, new ApproveDeal()),
            ["approved early"] = Deal(Register, new ApproveDeal()),
            ["approved queued"] = Deal(Register, new ApproveDeal(), new ConfirmQueued(1)),
            ["withdrawn"] = Deal(Register, Protect, new WithdrawDeal()),
            ["rejected"] = Deal(Register, Protect, new RejectDeal("no budget")),
            ["won"] = Deal(Register, Protect, new ApproveDeal(), new WinDeal()),
            ["lost"] = Deal(Register, Protect, new ApproveDeal(), new LoseDeal()),
        };

    public static IReadOnlyDictionary<string, ICommand> Commands { get; } =
        new Dictionary<string, ICommand>(StringComparer.Ordinal)
        {
            ["register"] = Register,
            ["approve"] = new ApproveDeal(),
            ["return"] = new ReturnDeal("which edition?"),
            ["resubmit"] = new ResubmitDeal(new Money(1, "USD"), "the starter"),
            ["withdraw"] = new WithdrawDeal("changed my mind"),
            ["reject"] = new RejectDeal("no budget"),
            ["win"] = new WinDeal(),
            ["lose"] = new LoseDeal("bought another"),
            ["change amount"] = new ChangeDealAmount(new Money(2, "USD")),
            ["clear amount"] = new ClearDealAmount(),
            ["confirm protection"] = Protect,
            ["confirm queued"] = new ConfirmQueued(1),
            ["deny protection"] = new DenyProtection("sold"),
            ["end protection"] = new EndProtection(),
            ["complete item"] = new CompleteItem(new ItemId("qualify")),
            ["advance"] = new AdvancePhase(),
            ["deadline"] = new DeadlineReached(LifecycleRules.TimeBoxDeadline, Story.Morning.AddDays(14)),
        };

    private static ConfirmProtection Protect => new(ProtectedUntil);

    public static Story Deal(params ICommand[] commands) =>
        Story.Of(EcosystemSilo.Grains.Deals.Deal.Kind, "d-1").Given(commands);
}
