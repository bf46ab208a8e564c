using EcosystemSilo.Grains.Blueprints;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Deals;
using EcosystemSilo.Grains.Interfaces.Lifecycle;
using EcosystemSilo.Grains.Lifecycle;

namespace EcosystemSilo.Grains.Deals;

/// <summary>
/// What may be done to a deal. Approval concerns the registration, the phases the customer's reality: an open deal may
/// advance before it is approved, but only an approved one can be won, and only while no other deal holds its account.
/// </summary>
internal static class DealDecisions
{
    public static Decision Decide(DealView? deal, ICommand command, DecisionContext context) =>
        (deal, command) switch
        {
            (null, RegisterDeal register) => Register(register, context),
            (null, _) => Decision.Refuse(Refusals.Missing(context.Key)),
            (_, RegisterDeal) => Decision.Refuse(Refusals.Exists(context.Key)),
            (_, ConfirmProtection or ConfirmQueued or DenyProtection or EndProtection) => HearAccount(deal, command),
            (_, DeadlineReached) when !deal.Status.IsOpen() => Decision.Nothing,
            _ when !deal.Status.IsOpen() => Closed(deal),
            (_, CompleteItem or AdvancePhase or DeadlineReached) => Live(deal, command, context),
            _ => Settle(deal, command, context),
        };

    private static Decision Register(RegisterDeal command, DecisionContext context)
    {
        if (context.Blueprint is not { } blueprint)
        {
            return Decision.Refuse(Refusals.NoBlueprint(context.Key));
        }

        if (!blueprint.Document.AcceptsProduct(command.Product))
        {
            return Decision.Refuse(
                Refusals.ProductUnknown,
                $"'{command.Product}' is not a product of {context.Key.Ecosystem}.",
                "product"
            );
        }

        if (CustomerDomain.Normalise(command.Customer.Domain) is not { } domain)
        {
            return Decision.Refuse(Refusals.Invalid, $"The customer's domain {CustomerDomain.Rule}", "customer.domain");
        }

        var entered = Enter(Phase.Discovery, blueprint, context.Now);
        return Decision
            .Accept(
                new DealRegistered(
                    command.Partner,
                    command.Customer,
                    domain,
                    command.Product,
                    command.Amount,
                    blueprint.Version
                ),
                entered
            )
            .WithTimeBox(entered);
    }

    private static Decision Live(DealView deal, ICommand command, DecisionContext context)
    {
        if (context.Blueprint is not { } blueprint)
        {
            return Decision.Refuse(Refusals.NoBlueprint(context.Key));
        }

        return command is AdvancePhase && deal.Status == DealStatus.Returned
            ? StatusForbids(deal, "advance", "resubmit it first")
            : LifecycleRules.Decide(deal.Lifecycle, command, context, phase => Enter(phase, blueprint, context.Now));
    }

    private static Decision Settle(DealView deal, ICommand command, DecisionContext context) =>
        (deal.Status, command) switch
        {
            (DealStatus.Registered, ApproveDeal) when deal.Protection == Protection.Queued => NotProtected(deal),
            (DealStatus.Registered, ApproveDeal) => Decision.Accept(new DealApproved(context.Actor)),
            (DealStatus.Registered, ReturnDeal c) => Decision.Accept(new DealReturned(c.Reason)),
            (DealStatus.Registered or DealStatus.Returned, RejectDeal c) => Close(deal, new DealRejected(c.Reason)),
            (DealStatus.Returned, ResubmitDeal c) => Decision.Accept(new DealResubmitted(c.Amount, c.Note)),
            (DealStatus.Approved, WinDeal) when deal.Protection is Protection.Queued or Protection.Pending =>
                NotProtected(deal),
            (DealStatus.Approved, WinDeal) => Close(deal, new DealWon()),
            (_, WithdrawDeal c) => Close(deal, new DealWithdrawn(c.Reason)),
            (_, LoseDeal c) => Close(deal, new DealLost(c.Reason)),
            (_, ChangeDealAmount c) => c.Amount == deal.Amount
                ? Decision.Nothing
                : Decision.Accept(new DealAmountChanged(c.Amount)),
            (_, ClearDealAmount) => deal.Amount is null ? Decision.Nothing : Decision.Accept(new DealAmountCleared()),
            (DealStatus.Approved, ApproveDeal) => StatusForbids(deal, "approve", "it is approved already"),
            (_, ApproveDeal) => StatusForbids(deal, "approve", "it must be registered; resubmit it first"),
            (_, ReturnDeal) => StatusForbids(deal, "return", "only a registered deal can be returned"),
            (_, RejectDeal) => StatusForbids(deal, "reject", "withdraw or lose it instead"),
            (_, ResubmitDeal) => StatusForbids(deal, "resubmit", "only a returned deal can be resubmitted"),
            (_, WinDeal) => StatusForbids(deal, "win", "it must be approved first"),
            _ => throw Unhandled.Command(DealKey.Kind, command),
        };

    /// <summary>The account's answers may arrive after the deal was closed; then they say nothing new.</summary>
    private static Decision HearAccount(DealView deal, ICommand answer) =>
        answer switch
        {
            _ when !deal.Status.IsOpen() => Decision.Nothing,
            ConfirmProtection c when deal.ProtectedUntil != c.Until => Decision.Accept(new DealProtected(c.Until)),
            ConfirmQueued c when deal.QueuePosition != c.Position => Decision.Accept(new DealQueued(c.Position)),
            EndProtection when deal.Protection == Protection.Protected => Decision.Accept(new DealProtectionEnded()),
            DenyProtection c => Close(deal, new DealRejected(c.Reason)),
            _ => Decision.Nothing,
        };

    private static PhaseEntered Enter(Phase phase, PublishedBlueprint blueprint, DateTimeOffset now) =>
        LifecycleRules.Enter(phase, blueprint.Document.DealPhase(phase), blueprint, now);

    private static Decision Close(DealView deal, IEvent closing) =>
        Decision
            .Accept(closing, new DealClaimEnded(deal.Domain, deal.Product, Won: closing is DealWon))
            .WithoutDeadline(LifecycleRules.TimeBoxDeadline);

    private static Decision Closed(DealView deal) =>
        Decision.Refuse(Refusals.StatusForbids, $"The deal is closed ({Word(deal)}); nothing more can be done to it.");

    private static Decision NotProtected(DealView deal) =>
        Decision.Refuse(
            Refusals.NotProtected,
            deal.QueuePosition is { } position
                ? $"Another deal holds the account {deal.Domain} for {deal.Product}; this one is number {position} in the queue."
                : $"The account {deal.Domain} for {deal.Product} has not answered yet; try again in a moment."
        );

    private static Decision StatusForbids(DealView deal, string verb, string instead) =>
        Decision.Refuse(Refusals.StatusForbids, $"Cannot {verb} a deal that is {Word(deal)}: {instead}.");

    private static string Word(DealView deal) => deal.Status.ToString().ToLowerInvariant();
}
