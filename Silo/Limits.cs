namespace EcosystemSilo.Silo;

/// <summary>The bounds of the silo, each with the reason for its size.</summary>
internal static class Limits
{
    /// <summary>
    /// Commands of one grain that wait to be decided. A caller beyond it would wait longer than its own time-out.
    /// </summary>
    public const int UndecidedMax = 1_024;

    /// <summary>
    /// Commands of one grain that are decided and not yet durable: what a few commits take. More would only hide from
    /// the callers that the journal cannot keep up.
    /// </summary>
    public const int UncommittedMax = 4_096;

    /// <summary>
    /// Calls that one activation runs at once, before Orleans itself turns more away: beyond all that a grain's own
    /// bounds let in, so that it is only met when these fail.
    /// </summary>
    public const int CallsAtOnceMax = 4 * UncommittedMax;

    /// <summary>
    /// The journal's connections in a silo: appends and loads share a few, the rest is for readers. With those of
    /// membership and of the hold, three silos and two gateways stay below the 97 that PostgreSQL gives to ordinary
    /// users unless it is told otherwise.
    /// </summary>
    public const int JournalConnectionsOfSilo = 16;

    /// <summary>
    /// The journal's connections in a gateway, which appends nothing: its readers, and what callers look up.
    /// </summary>
    public const int JournalConnectionsOfGateway = 10;

    /// <summary>A check of readiness that takes longer says no: probes ask every few seconds.</summary>
    public static readonly TimeSpan ReadyTimeout = TimeSpan.FromSeconds(2);

    /// <summary>How often at least idle grains are looked for; memory need not be given back sooner.</summary>
    public static readonly TimeSpan IdleLooksMax = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Activations among which the grains of a kind that is not kept are spread: enough for all cores of a cluster,
    /// and so few that their number does not matter.
    /// </summary>
    public const int SharedPerKind = 32;

    /// <summary>
    /// Longest that one call to a grain may take: longer than the journal is waited for. Orleans takes it as text.
    /// </summary>
    public const string CallTimeout = "00:00:02";

    /// <summary>
    /// Longest that a caller waits for a command, repeats included: room for a silo that died to be found out and
    /// replaced, and short of what people and proxies wait for.
    /// </summary>
    public static readonly TimeSpan CallPatience = TimeSpan.FromSeconds(6);

    /// <summary>
    /// Longest that one call waits for a version to come, well within its time-out. Whoever waits longer asks again.
    /// </summary>
    public static readonly TimeSpan ReadWaitMax = TimeSpan.FromSeconds(1);

    /// <summary>Pause before a call is repeated that met a fault of Orleans, the first time and at most.</summary>
    public static readonly TimeSpan CallPauseMin = TimeSpan.FromMilliseconds(50);

    /// <inheritdoc cref="CallPauseMin"/>
    public static readonly TimeSpan CallPauseMax = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// Retries after version conflicts, each on fresh state: enough for a grain that several processes change at once;
    /// a command that still meets conflicts would wait longer than its caller.
    /// </summary>
    public const int ConflictRetriesMax = 4;

    /// <summary>
    /// A command may be swept along by failures of commands before it; a grain that fails this often is in trouble.
    /// </summary>
    public const int AttemptsMax = 16;

    /// <summary>Views kept at hand for checks: some tens of megabytes. Beyond it all are read again.</summary>
    public const int KnownViewsMax = 100_000;

    /// <summary>
    /// How old the last look into the journal may be for what is known to count as current: nobody may go on for longer
    /// on credentials that cannot be checked.
    /// </summary>
    public static readonly TimeSpan KnownViewsAge = TimeSpan.FromSeconds(5);

    /// <summary>How often a quiet journal is looked into, to know that it is still there.</summary>
    public static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);

    /// <summary>Keys of data subjects kept open: a few megabytes. Beyond it all are fetched again.</summary>
    public const int SubjectKeysMax = 50_000;

    /// <summary>People whose weeks are read at once: some megabytes, and enough for a query to be worth it.</summary>
    public const int OutcomePeoplePerRead = 500;

    /// <summary>
    /// Partners whose outcomes are kept in memory, each some hundred kilobytes at most; beyond it all are computed
    /// again for whoever asks.
    /// </summary>
    public const int OutcomePartnersMax = 500;

    /// <summary>What outcomes go by in an ecosystem whose blueprint does not say: as CMS does.</summary>
    public const int SmallestCellUsual = 11;

    /// <summary>A snapshot every so many events keeps an activation's tail within one read.</summary>
    public const int EventsPerSnapshot = 50;

    /// <summary>
    /// Deadlines fetched at once: enough to catch up after an outage, few enough to share the journal.
    /// </summary>
    public const int DeadlinesPerBatch = 256;

    /// <summary>Events a reader takes at once: amortises the query without holding megabytes.</summary>
    public const int EventsPerRead = 512;

    /// <summary>
    /// Grains that one runner talks to at the same time: fills a group commit, leaves room for callers.
    /// </summary>
    public const int FollowUpsAtOnce = 64;

    /// <summary>
    /// How long a page of follow-ups waits for grains that cannot be reached: longer than a silo that died is missed,
    /// and about as long as those who wait for other grains' follow-ups put up with.
    /// </summary>
    public static readonly TimeSpan FollowUpPatience = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Shortest attempt, for those whose turn comes when the patience is over: a loaded silo answers in this time.
    /// </summary>
    public static readonly TimeSpan FollowUpAttemptMin = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How long a page that waited already waits for grains that still cannot be reached: others wait behind it.
    /// </summary>
    public static readonly TimeSpan ParkedPatience = TimeSpan.FromSeconds(1);

    /// <summary>Pause before a grain that could not be reached is tried again, the first time and at most.</summary>
    public static readonly TimeSpan ParkedPauseMin = TimeSpan.FromSeconds(1);

    /// <inheritdoc cref="ParkedPauseMin"/>
    public static readonly TimeSpan ParkedPauseMax = TimeSpan.FromSeconds(30);

    /// <summary>The pause after so many failures in a row.</summary>
    public static TimeSpan ParkedPause(int failures)
    {
        var pause = ParkedPauseMin * Math.Pow(2, Math.Min(failures, 10));
        return pause < ParkedPauseMax ? pause : ParkedPauseMax;
    }

    /// <summary>
    /// Grains whose follow-ups wait, a few megabytes. With more it is not a few grains that are out of reach: then all
    /// follow-ups wait where they are.
    /// </summary>
    public const int ParkedLanesMax = 10_000;

    /// <summary>
    /// Pages of the journal that are read again in one step for what waited: a grain that missed a million events must
    /// not keep those waiting that missed ten, nor those that miss none.
    /// </summary>
    public const int ParkedPagesPerStep = 4;

    /// <summary>
    /// Streams whose senders are asked at the same time. Each costs a connection and waits for most of a second; a few
    /// hundred people a second is more than senders' quotas allow.
    /// </summary>
    public const int FetchesAtOnce = 32;

    /// <summary>
    /// Fetches that wait in memory, a few megabytes. The deadlines of those beyond it bring them again.
    /// </summary>
    public const int FetchesWaitingMax = 20_000;

    /// <summary>For the version of a stream that this process has read of and may not have in memory yet.</summary>
    public static readonly TimeSpan FetchReadPatience = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Attempts at a follow-up that fails for a reason nobody foresaw, before it is logged and passed over.
    /// </summary>
    public const int PoisonAttemptsMax = 5;

    /// <summary>
    /// Attempts at a command that a start needs, each of up to 2 seconds; then the start stops and whoever runs the
    /// process sees it.
    /// </summary>
    public const int StartAttemptsMax = 15;

    /// <summary>
    /// What has started of a start that fails is given this long to stop: enough to leave a cluster, and less than
    /// whoever started it would wait for the sentence.
    /// </summary>
    public static readonly TimeSpan FailedStartStopMax = TimeSpan.FromSeconds(5);

    /// <summary>Wait between attempts while the journal does not answer.</summary>
    public static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(200);

    /// <summary>A checkpoint may lag this much: what is read again after a crash is recognised by its ids.</summary>
    public static readonly TimeSpan CheckpointInterval = TimeSpan.FromSeconds(1);
}
