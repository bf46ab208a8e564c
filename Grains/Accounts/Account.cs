using EcosystemSilo.Grains.Blueprints;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Accounts;

namespace EcosystemSilo.Grains.Accounts;

/// <summary>
/// One end customer and one product. Because an account handles one command at a time, of two deals that claim it at
/// the same instant one is protected and the other queues for first refusal.
/// </summary>
public static class Account
{
    /// <summary>The deadline at which the holder's protection ends.</summary>
    public const string ProtectionDeadline = "protection";

    /// <summary>Read by the partner that is denied, so it names nobody else's deal.</summary>
    private const string Sold = "The account was won by another deal.";

    public static GrainKind<AccountView> Kind { get; } = new(AccountKey.Kind, stateShape: 1, Decide, Apply);

    public static Decision Decide(AccountView? account, ICommand command, DecisionContext context)
    {
        var current = account ?? new AccountView(Holder: null, [], WonBy: null);
        return command switch
        {
            ClaimAccount claim => Claim(current, claim, context),
            ReleaseAccount release => Release(current, release.Deal, context),
            CloseAccount close => Close(current, close.Deal),
            DeadlineReached { Name: ProtectionDeadline } reached => Expire(current, reached, context),
            _ => throw Unhandled.Command(AccountKey.Kind, command),
        };
    }

    public static AccountView Apply(AccountView? account, IEvent happened)
    {
        var current = account ?? new AccountView(Holder: null, [], WonBy: null);
        return happened switch
        {
            AccountProtected e => new AccountView(
                new Claim(e.Deal, e.Partner, e.Until),
                Without(current.Queue, e.Deal),
                WonBy: null
            ),
            ClaimQueued e => current with { Queue = [.. current.Queue, new Claim(e.Deal, e.Partner)] },
            ClaimDenied or ClaimMoved => current,
            AccountReleased e => Vacate(current, e.Deal),
            ProtectionExpired e => Vacate(current, e.Deal),
            AccountClosed e => new AccountView(Holder: null, [], e.Deal),
            _ => throw Unhandled.Event(AccountKey.Kind, happened),
        };
    }

    private static Decision Claim(AccountView account, ClaimAccount claim, DecisionContext context)
    {
        if (account.WonBy is not null)
        {
            return Decision.Accept(new ClaimDenied(claim.Deal, Sold));
        }

        if (account.Holder?.Deal == claim.Deal || account.Queue.Any(queued => queued.Deal == claim.Deal))
        {
            return Decision.Nothing;
        }

        if (account.Holder is null)
        {
            return Protect(claim.Deal, claim.Partner, context, [], []);
        }

        return account.Queue.Count < AccountLimits.QueueMax
            ? Decision.Accept(new ClaimQueued(claim.Deal, claim.Partner, account.Queue.Count + 1))
            : Decision.Accept(
                new ClaimDenied(claim.Deal, $"{AccountLimits.QueueMax} deals are waiting for this account already.")
            );
    }

    private static Decision Release(AccountView account, DealId deal, DecisionContext context)
    {
        if (account.Holder?.Deal == deal)
        {
            return PassOn(account, new AccountReleased(deal), context);
        }

        return account.Queue.Any(queued => queued.Deal == deal)
            ? Decision.Accept([new AccountReleased(deal), .. MovedUp(account.Queue, deal)])
            : Decision.Nothing;
    }

    private static Decision Expire(AccountView account, DeadlineReached reached, DecisionContext context) =>
        account.Holder is { } holder && holder.Until == reached.Due
            ? PassOn(account, new ProtectionExpired(holder.Deal), context)
            : Decision.Nothing;

    /// <summary>The deals still in the queue are denied, so that each learns that its account is sold.</summary>
    private static Decision Close(AccountView account, DealId deal)
    {
        if (account.WonBy is not null)
        {
            return Decision.Nothing;
        }

        var others = account.Queue.Append(account.Holder).OfType<Claim>().Where(claim => claim.Deal != deal);
        return Decision
            .Accept([new AccountClosed(deal), .. others.Select(claim => new ClaimDenied(claim.Deal, Sold))])
            .WithoutDeadline(ProtectionDeadline);
    }

    /// <summary>Frees the account and protects the next in the queue (B §4: first right of refusal).</summary>
    private static Decision PassOn(AccountView account, IEvent freed, DecisionContext context) =>
        account.Queue is [var next, ..]
            ? Protect(next.Deal, next.Partner, context, [freed], MovedUp(account.Queue, next.Deal))
            : Decision.Accept(freed).WithoutDeadline(ProtectionDeadline);

    private static Decision Protect(
        DealId deal,
        PartnerId partner,
        DecisionContext context,
        IEnumerable<IEvent> before,
        IEnumerable<IEvent> after
    )
    {
        if (context.Blueprint is not { } blueprint)
        {
            return Decision.Refuse(Refusals.NoBlueprint(context.Key));
        }

        var until = context.Now + blueprint.Document.DealRegistration.Protection();
        return Decision
            .Accept([.. before, new AccountProtected(deal, partner, until), .. after])
            .WithDeadline(ProtectionDeadline, until);
    }

    /// <summary>The new places of the deals behind the one that leaves the queue.</summary>
    private static IEnumerable<IEvent> MovedUp(IReadOnlyList<Claim> queue, DealId leaving) =>
        queue
            .Index()
            .SkipWhile(place => place.Item.Deal != leaving)
            .Skip(1)
            .Select(place => new ClaimMoved(place.Item.Deal, place.Index));

    private static AccountView Vacate(AccountView account, DealId deal) =>
        account with
        {
            Holder = account.Holder?.Deal == deal ? null : account.Holder,
            Queue = Without(account.Queue, deal),
        };

    private static IReadOnlyList<Claim> Without(IReadOnlyList<Claim> queue, DealId deal) =>
        [.. queue.Where(claim => claim.Deal != deal)];
}
