namespace EcosystemSilo.Silo.Membership;

/// <summary>
/// Remembers when this silo last learned from the membership table that it is part of its cluster. Calls that are
/// answered from memory need that: others may have given the silo up, and its grains may live elsewhere.
/// </summary>
/// <param name="clock">The computer's, which also runs while the process is stopped.</param>
internal sealed class MembershipFreshness(TimeProvider clock) : IMembershipView
{
    private const long Never = long.MinValue;
    private const long GivenUp = long.MaxValue;
    private long seen = Never;

    public bool IsFresh =>
        Volatile.Read(ref seen) is var last
        && last is not (Never or GivenUp)
        && clock.GetElapsedTime(last) < MembershipLimits.FreshFor;

    /// <summary>A look at the table begins. What it will show is at least as new as this.</summary>
    public long Now => clock.GetTimestamp();

    /// <summary>A look at the table that began then found this silo in its place.</summary>
    public void Saw(long begun)
    {
        var last = Volatile.Read(ref seen);
        // Looks may end in another order than they began; a silo that was given up never comes back.
        while (begun > last && last is not GivenUp)
        {
            var found = Interlocked.CompareExchange(ref seen, begun, last);
            if (found == last)
            {
                return;
            }
            last = found;
        }
    }

    /// <summary>The table says that this silo is dead, which cannot be taken back.</summary>
    public void WasGivenUp() => Volatile.Write(ref seen, GivenUp);
}
