namespace EcosystemSilo.Grains.Interfaces.Accounts;

/// <summary>
/// A deal asks for the account. The first gets the protection, later ones queue in the order they came.
/// </summary>
[Wire("account.claim")]
public sealed record ClaimAccount(DealId Deal, PartnerId Partner) : ICommand;

/// <summary>A deal gives the account, or its place in the queue, back.</summary>
[Wire("account.release")]
public sealed record ReleaseAccount(DealId Deal) : ICommand;

/// <summary>A deal was won: the account is sold and takes no more registrations.</summary>
[Wire("account.close")]
public sealed record CloseAccount(DealId Deal) : ICommand;

[Wire("account.protected")]
public sealed record AccountProtected(DealId Deal, PartnerId Partner, DateTimeOffset Until) : IEvent;

[Wire("account.claim-queued")]
public sealed record ClaimQueued(DealId Deal, PartnerId Partner, int Position) : IEvent;

/// <summary>A deal in the queue moved up, because one before it left.</summary>
[Wire("account.claim-moved")]
public sealed record ClaimMoved(DealId Deal, int Position) : IEvent;

[Wire("account.claim-denied")]
public sealed record ClaimDenied(DealId Deal, string Reason) : IEvent;

[Wire("account.released")]
public sealed record AccountReleased(DealId Deal) : IEvent;

[Wire("account.protection-expired")]
public sealed record ProtectionExpired(DealId Deal) : IEvent;

[Wire("account.closed")]
public sealed record AccountClosed(DealId Deal) : IEvent;

/// <summary>One registration at the account. Until is set for the one that is protected.</summary>
public sealed record Claim(DealId Deal, PartnerId Partner, DateTimeOffset? Until = null);

/// <param name="Holder">The protected deal, if any.</param>
/// <param name="Queue">Deals waiting for first refusal, in order.</param>
/// <param name="WonBy">The deal that closed the account, if any.</param>
[Wire("account.view")]
public sealed record AccountView(Claim? Holder, IReadOnlyList<Claim> Queue, DealId? WonBy) : IView;
