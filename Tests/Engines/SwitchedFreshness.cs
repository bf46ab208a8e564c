using EcosystemSilo.Silo.Membership;

namespace EcosystemSilo.Tests.Engines;

/// <summary>Silos that have seen the membership table lately, or not.</summary>
internal sealed class SwitchedFreshness : IMembershipView
{
    private volatile bool _isFresh = true;

    public bool IsFresh
    {
        get => _isFresh;
        set => _isFresh = value;
    }
}
