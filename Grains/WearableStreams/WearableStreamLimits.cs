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

    /// <summary>Fetches that wait at once, about 40 KB: a week of a sender's notifications.</summary>
    public const int FetchesMax = 200;

    /// <summary>
    /// Senders without ids say the same news once in 10 seconds (docs/webhooks.md); what is fetched after them holds
    /// what came in between.
    /// </summary>
    public static readonly TimeSpan FetchSettling = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Longer than an attempt takes with its retries and pages, behind others of the stream; then the process that made
    /// it is taken for dead.
    /// </summary>
    public static readonly TimeSpan FetchLostAfter = TimeSpan.FromMinutes(10);

    /// <summary>The pauses after failures, 21 hours in all: a sender's bad night loses nothing.</summary>
    public static readonly IReadOnlyList<TimeSpan> FetchPauses =
    [
        TimeSpan.FromSeconds(10),
        TimeSpan.FromMinutes(1),
        TimeSpan.FromMinutes(5),
        TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(2),
        TimeSpan.FromHours(6),
        TimeSpan.FromHours(12),
    ];

    /// <summary>A pause is longer by up to this share, so that what failed together is not tried again
    /// together.</summary>
    public const double FetchJitter = 0.25;

    /// <summary>A sender that asks for a longer pause is asked sooner: quotas are of a day at most.</summary>
    public static readonly TimeSpan FetchRetryAfterMax = TimeSpan.FromHours(24);

    /// <summary>A fetch that came to nothing for so long is given up, whoever's fault it was.</summary>
    public static readonly TimeSpan FetchGivenUpAfter = TimeSpan.FromDays(3);

    /// <summary>The longest period that senders answer in one question.</summary>
    public static readonly TimeSpan PastSlice = TimeSpan.FromDays(30);
}
