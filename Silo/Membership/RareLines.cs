namespace EcosystemSilo.Silo.Membership;

/// <summary>
/// Keeps the log from being filled by others: one line in a while, which says for how many it stands.
/// </summary>
internal sealed class RareLines(TimeProvider clock)
{
    private readonly Lock counting = new();
    private long? last;
    private long count;

    /// <summary>
    /// How many there were since the last line, this one included; null while it is too early for one.
    /// </summary>
    public long? Next()
    {
        lock (counting)
        {
            count++;
            if (last is { } told && clock.GetElapsedTime(told) < MembershipLimits.StrangersLineEvery)
            {
                return null;
            }
            (last, var counted) = (clock.GetTimestamp(), count);
            count = 0;
            return counted;
        }
    }
}
