namespace EcosystemSilo.Grains.WearableStreams;

/// <summary>The bounds of a wearable stream. The seed documents set none of them.</summary>
public static class WearableStreamLimits
{
    /// <summary>
    /// A worn device that synchronises by itself does so every few hours; one left in a drawer for a weekend is worth a
    /// word.
    /// </summary>
    public static readonly TimeSpan StaleAfter = TimeSpan.FromHours(48);

    /// <summary>Live for so long without a pause, a stream is in the phase scale.</summary>
    public static readonly TimeSpan SteadyAfter = TimeSpan.FromDays(28);

    /// <summary>What ended longer ago when it arrives is no longer live; devices are synchronised late.</summary>
    public static readonly TimeSpan LiveWithin = TimeSpan.FromHours(48);

    /// <summary>A backfill in which nothing came for so long is over.</summary>
    public static readonly TimeSpan BackfillQuiet = TimeSpan.FromHours(6);

    /// <summary>Values set aside that the stream shows; the count goes on.</summary>
    public const int SetAsideKept = 20;
}
