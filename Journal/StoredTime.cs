namespace EcosystemSilo.Journal;

/// <summary>
/// Times are stored as whole microseconds since 1970 UTC: one number for every store, ordered and exact.
/// </summary>
internal static class StoredTime
{
    public static long From(DateTimeOffset time) =>
        (time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    public static DateTimeOffset To(long microseconds) =>
        new(DateTimeOffset.UnixEpoch.Ticks + (microseconds * TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
}
