namespace EcosystemSilo.Grains.Accounts;

/// <summary>The bounds of an account, each with the reason for its size.</summary>
public static class AccountLimits
{
    /// <summary>
    /// Deals waiting for first refusal. When the account is sold each is told in one append, which holds 256 events;
    /// and nobody waits behind a hundred others in earnest.
    /// </summary>
    public const int QueueMax = 100;
}
