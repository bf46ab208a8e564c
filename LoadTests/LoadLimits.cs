namespace EcosystemSilo.LoadTests;

/// <summary>The bounds of a run, each with the reason for its size.</summary>
internal static class LoadLimits
{
    /// <summary>Longest measurement of one thing: the long run of viewers takes ten minutes.</summary>
    public static readonly TimeSpan DurationMax = TimeSpan.FromMinutes(15);

    /// <summary>How long an answer is waited for after the time is over; no product of ours takes longer.</summary>
    public static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(10);

    /// <summary>Connections of one run: well below the 65,535 ports that one address has.</summary>
    public const int CallersMax = 4_096;

    /// <summary>
    /// Requests signed before a run, at some 700 bytes each: their making must not be measured, and 350 MB is what a
    /// laptop can spare.
    /// </summary>
    public const int RequestsMax = 500_000;

    /// <summary>
    /// How long deliveries that were signed before a run may be sent: their signatures hold for five minutes. Those of
    /// an open loop are signed for the time they are due, and may be sent for as long as one likes.
    /// </summary>
    public static readonly TimeSpan SignaturesHold = TimeSpan.FromMinutes(4);

    /// <summary>Requests a second of an open loop: more than any server here answers.</summary>
    public const double PerSecondMax = 100_000;

    /// <summary>
    /// Commands under way when a journal is filled: enough for large transactions, a fraction of what may wait for one.
    /// </summary>
    public const int CommandsAtOnce = 1_024;

    /// <summary>A journal that does not answer that often is broken, and not only busy.</summary>
    public const int TriesMax = 10;

    public static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(500);

    /// <summary>Partners that are activated over HTTP, each once: five times what is activated in a second.</summary>
    public const int ColdPartnersMax = 50_000;
}
