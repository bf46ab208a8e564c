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
}
