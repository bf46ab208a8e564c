namespace EcosystemSilo.Journal;

/// <summary>
/// A line of decisions of one grain, each made on the state the one before would lead to although that is not yet
/// committed. When one of them is not committed, all that follow are refused as conflicts.
/// </summary>
/// <remarks>
/// The version check alone does not give that: when version 6 was decided here but committed by another process, a
/// decision already queued on top of it expects version 6 and would find it. Use one chain per activation, set it on
/// every append, and start a new one together with freshly loaded state.
/// </remarks>
public sealed class AppendChain
{
    private const long Intact = -1;
    private long lastKnownVersion = Intact;

    /// <summary>True once an append of this chain was not committed, or may not have been.</summary>
    public bool IsBroken => Volatile.Read(ref lastKnownVersion) != Intact;

    /// <summary>The grain's version when the chain broke, as far as known; the answer to those that follow.</summary>
    internal long LastKnownVersion => Math.Max(0, Volatile.Read(ref lastKnownVersion));

    internal void Break(long version) =>
        Interlocked.CompareExchange(ref lastKnownVersion, Math.Max(0, version), Intact);
}
