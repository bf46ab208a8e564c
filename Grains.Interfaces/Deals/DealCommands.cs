namespace EcosystemSilo.Grains.Interfaces.Deals;

/// <summary>The end customer of a deal. The domain is what tells customers apart; see <c>CustomerDomain</c>.</summary>
public sealed record Customer(string Name, string Domain);

/// <summary>
/// Registers a deal; the account (customer x product) then decides whether it is protected or queued.
/// </summary>
[Wire("deal.register")]
public sealed record RegisterDeal(PartnerId Partner, Customer Customer, ProductId Product, Money? Amount = null)
    : ICommand;

/// <summary>Approves a registered, protected deal.</summary>
[Wire("deal.approve")]
public sealed record ApproveDeal : ICommand;

/// <summary>Sends a registered deal back to the partner for correction; it keeps its place at the account.</summary>
[Wire("deal.return")]
public sealed record ReturnDeal(string Reason) : ICommand;

/// <summary>Submits a returned deal again, with what was corrected. Customer and product stay as they are.</summary>
[Wire("deal.resubmit")]
public sealed record ResubmitDeal(Money? Amount = null, string? Note = null) : ICommand;

/// <summary>The partner takes an open deal back; the account becomes free for the next in the queue.</summary>
[Wire("deal.withdraw")]
public sealed record WithdrawDeal(string? Reason = null) : ICommand;

[Wire("deal.reject")]
public sealed record RejectDeal(string Reason) : ICommand;

[Wire("deal.win")]
public sealed record WinDeal : ICommand;

[Wire("deal.lose")]
public sealed record LoseDeal(string? Reason = null) : ICommand;

[Wire("deal.change-amount")]
public sealed record ChangeDealAmount(Money Amount) : ICommand;

/// <summary>Nobody knows any longer what the deal is worth.</summary>
[Wire("deal.clear-amount")]
public sealed record ClearDealAmount : ICommand;

/// <summary>The account's word on a deal: it holds the protection until the given time.</summary>
[Wire("deal.confirm-protection")]
public sealed record ConfirmProtection(DateTimeOffset Until) : ICommand;

/// <summary>The account's word on a deal: another one is protected, this one waits.</summary>
[Wire("deal.confirm-queued")]
public sealed record ConfirmQueued(int Position) : ICommand;

/// <summary>The account's word on a deal: it cannot be protected, now or later.</summary>
[Wire("deal.deny-protection")]
public sealed record DenyProtection(string Reason) : ICommand;

/// <summary>The account's word on a deal: its protection period is over.</summary>
[Wire("deal.end-protection")]
public sealed record EndProtection : ICommand;
