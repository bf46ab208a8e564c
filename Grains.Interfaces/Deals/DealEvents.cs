namespace EcosystemSilo.Grains.Interfaces.Deals;

/// <param name="Domain">The customer's domain in its normal form, which names the account.</param>
[Wire("deal.registered")]
public sealed record DealRegistered(
    PartnerId Partner,
    Customer Customer,
    string Domain,
    ProductId Product,
    Money? Amount,
    int Blueprint
) : IEvent;

[Wire("deal.protected")]
public sealed record DealProtected(DateTimeOffset Until) : IEvent;

[Wire("deal.queued")]
public sealed record DealQueued(int Position) : IEvent;

[Wire("deal.protection-ended")]
public sealed record DealProtectionEnded : IEvent;

[Wire("deal.approved")]
public sealed record DealApproved(string By) : IEvent;

[Wire("deal.returned")]
public sealed record DealReturned(string Reason) : IEvent;

[Wire("deal.resubmitted")]
public sealed record DealResubmitted(Money? Amount, string? Note) : IEvent;

[Wire("deal.withdrawn")]
public sealed record DealWithdrawn(string? Reason) : IEvent;

[Wire("deal.rejected")]
public sealed record DealRejected(string Reason) : IEvent;

[Wire("deal.won")]
public sealed record DealWon : IEvent;

[Wire("deal.lost")]
public sealed record DealLost(string? Reason) : IEvent;

/// <summary>
/// Follows every closing event: the deal's claim on its account ends, because it was won or given up.
/// </summary>
[Wire("deal.claim-ended")]
public sealed record DealClaimEnded(string Domain, ProductId Product, bool Won) : IEvent;

[Wire("deal.amount-changed")]
public sealed record DealAmountChanged(Money Amount) : IEvent;

[Wire("deal.amount-cleared")]
public sealed record DealAmountCleared : IEvent;
