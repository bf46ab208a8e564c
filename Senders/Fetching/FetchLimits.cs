namespace EcosystemSilo.Senders.Fetching;

/// <summary>The bounds of asking senders, each with the reason for its size.</summary>
public static class FetchLimits
{
    /// <summary>For one question: senders answer in about a second, and a page of a month in a few.</summary>
    public static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(15);

    /// <summary>Tries at one question besides the first, for faults of a moment; longer ones wait for the next
    /// attempt.</summary>
    public const int QuickRetries = 2;

    /// <summary>The pause before the first of them; it doubles, with jitter.</summary>
    public static readonly TimeSpan QuickRetryPause = TimeSpan.FromMilliseconds(300);

    /// <summary>A sender that fails this often, of so many questions at least in this time, is left alone.</summary>
    public const double BreakAt = 0.5;
    public const int BreakAfter = 20;
    public static readonly TimeSpan BreakWindow = TimeSpan.FromSeconds(30);
    public static readonly TimeSpan BreakFor = TimeSpan.FromSeconds(30);

    /// <summary>A month of heart rates minute by minute is about 4 MB.</summary>
    public const int AnswerBytesMax = 16 * 1024 * 1024;

    /// <summary>Values of an answer; a month of heart rates minute by minute has some 130,000.</summary>
    public const int AnswerTokensMax = 2_000_000;

    /// <summary>Pages of one fetch; a month in Oura's and WHOOP's pages has about 50.</summary>
    public const int PagesMax = 200;

    /// <summary>Questions of one deregistration; Withings has two.</summary>
    public const int DeregistrationStepsMax = 4;

    /// <summary>Readings that one command stores, about 100 KB of samples.</summary>
    public const int ReadingsPerCommand = 5_000;

    /// <summary>Tokens that run out sooner are replaced first.</summary>
    public static readonly TimeSpan TokenMargin = TimeSpan.FromMinutes(1);

    /// <summary>
    /// What a backfill may take of a sender's quota, so that what is new is never kept waiting by it.
    /// </summary>
    public const double ShareOfPast = 0.5;

    /// <summary>Sources whose connections and quotas are kept; beyond it the counts of all begin anew.</summary>
    public const int SourcesMax = 1_000;

    /// <summary>
    /// People of one source whose quotas are kept, of about 300 bytes each; beyond it the counts of all begin anew.
    /// </summary>
    public const int PeopleMax = 100_000;

    /// <summary>The longest token there is, a signed one with many claims.</summary>
    public const int TokenCharsMax = 4_096;

    /// <summary>In seconds, ten years: some senders' tokens never run out.</summary>
    public const int TokenLifetimeMax = 315_360_000;
}
