namespace EcosystemSilo.Silo.Membership;

/// <summary>What a silo knows of its own place in the cluster.</summary>
internal interface IMembershipView
{
    /// <summary>
    /// Whether it saw the membership table so lately that nobody can have given it up and taken its grains over.
    /// </summary>
    bool IsFresh { get; }
}

/// <summary>A silo that is alone, or no silo at all: nobody else has its grains.</summary>
internal sealed class Alone : IMembershipView
{
    public bool IsFresh => true;
}
