using EcosystemSilo.Grains.Interfaces.Lifecycle;

namespace EcosystemSilo.Grains.Interfaces.Deals;

public enum DealStatus
{
    Registered,
    Returned,
    Approved,
    Withdrawn,
    Rejected,
    Won,
    Lost,
}

/// <summary>Whether the deal holds its account. Pending until the account has answered.</summary>
public enum Protection
{
    Pending,
    Protected,
    Queued,
    None,
}

/// <param name="Domain">The customer's domain in its normal form.</param>
/// <param name="QueuePosition">1 for the next in line; only while queued.</param>
/// <param name="Reason">Why it was returned, withdrawn, rejected or lost.</param>
[Wire("deal.view")]
public sealed record DealView(
    PartnerId Partner,
    Customer Customer,
    string Domain,
    ProductId Product,
    Money? Amount,
    DealStatus Status,
    Protection Protection,
    DateTimeOffset? ProtectedUntil,
    int? QueuePosition,
    string? Reason,
    LifecycleView Lifecycle
) : IView;
