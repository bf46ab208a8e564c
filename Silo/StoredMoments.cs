namespace EcosystemSilo.Silo;

/// <summary>Time as the journal keeps it.</summary>
internal static class StoredMoments
{
    /// <summary>
    /// Cuts a time to the microsecond. Grains remember when their deadlines are due and compare that with the deadline
    /// that comes back from the journal; a finer time would never be equal again.
    /// </summary>
    public static DateTimeOffset ToStored(this DateTimeOffset time) =>
        time.AddTicks(-(time.UtcTicks % TimeSpan.TicksPerMicrosecond));
}
