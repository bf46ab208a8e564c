namespace EcosystemSilo.Gateway;

/// <summary>Every bound of the gateway, with the reason for its size.</summary>
public static class GatewayLimits
{
    /// <summary>The largest command has a few short texts; 1 MB leaves room and keeps a flood cheap.</summary>
    public const int RestBodyBytesMax = 1024 * 1024;

    /// <summary>Stripe's bound, to which client libraries are written.</summary>
    public const int IdempotencyKeyLengthMax = 255;

    /// <summary>
    /// Holds a UUID, a ULID or a trace id with a prefix, and stays short in every log line and event.
    /// </summary>
    public const int CorrelationLengthMax = 64;

    /// <summary>A caller that waits for follow-ups holds a request open; proxies cut at 60 s.</summary>
    public static readonly TimeSpan PreferWaitMax = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long a read waits for the version it asks for unless it prefers longer: what another process committed is
    /// there at once, so this is for what a caller knows to be on its way.
    /// </summary>
    public static readonly TimeSpan AtLeastPatience = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Longest that a sender waits for a delivery's answer: the strictest hang up after 3 s and may count that against
    /// the address, while a 503 is sent again.
    /// </summary>
    public static readonly TimeSpan DeliveryPatience = TimeSpan.FromSeconds(2);

    /// <summary>A cursor is a sort key, an id and a signature; anything longer was not made here.</summary>
    public const int CursorLengthMax = 512;

    /// <summary>A key has a prefix, two ids of at most 64 characters and 52 characters of secret.</summary>
    public const int ApiKeyLengthMax = 256;

    /// <summary>A token with many claims is about 2 KB; Kestrel's header bound would let 32 KB through.</summary>
    public const int TokenLengthMax = 8 * 1024;

    /// <summary>A subject becomes part of the scope of every command id, which the journal indexes.</summary>
    public const int SubjectLengthMax = 128;

    /// <summary>Below this a bootstrap key could be guessed; 32 characters of base64 are 192 bits.</summary>
    public const int BootstrapKeyLengthMin = 32;

    /// <summary>
    /// What a client is told to wait after a 503: longer than a journal hiccup, shorter than a person's patience.
    /// </summary>
    public static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    /// <summary>A pipeline has a dozen stages; a mapping of hundreds is a mistake.</summary>
    public const int MappingStagesMax = 100;

    /// <summary>Settings of one source; the scheme with the most has four.</summary>
    public const int SettingsMax = 16;

    /// <summary>How long an enrolment's answer waits for the enrolment, which follows within milliseconds.</summary>
    public static readonly TimeSpan EnrolmentMax = TimeSpan.FromSeconds(2);

    /// <summary>An e-mail address has at most 254 characters (RFC 5321, section 4.5.3.1.3).</summary>
    public const int EmailLengthMax = 254;

    /// <summary>An invitation code has 20 characters; people put spaces and dashes between them.</summary>
    public const int CodeLengthMax = 64;

    /// <summary>Places of one program and uses of one code: more than the largest employer has people.</summary>
    public const int PlacesMax = 5_000_000;

    /// <summary>Daily goals of one program: more than people can keep in mind.</summary>
    public const int GoalsMax = 10;

    /// <summary>The largest goal of a day in any measure's unit; 100,000 steps are a record.</summary>
    public const int GoalMax = 1_000_000;

    /// <summary>The oldest age that a rule may ask for; nobody is older.</summary>
    public const int AgeMax = 120;

    /// <summary>Longest overlap of two secrets: a month covers any sender's roll-out.</summary>
    public const int OverlapHoursMax = 24 * 31;

    /// <summary>How long an approval waits for the account's word on a deal that was registered just now.</summary>
    public static readonly TimeSpan AccountAnswerMax = TimeSpan.FromSeconds(2);

    /// <summary>
    /// What is read and dropped of a body that was refused, so that its sender gets to see the refusal.
    /// </summary>
    public const long BodyBytesDrainedMax = 64 * 1024 * 1024;

    /// <summary>A token and a cookie take about 4 KB together; more is an attack on memory.</summary>
    public const int HeaderBytesMax = 16 * 1024;

    /// <summary>The longest address of ours has a cursor and all filters, about 1 KB.</summary>
    public const int RequestLineBytesMax = 4 * 1024;

    /// <summary>
    /// Trusted proxies in a row before a caller: a load balancer, an ingress and one to spare.
    /// </summary>
    public const int ProxiesInARowMax = 3;

    /// <summary>
    /// Headers arrive in one packet or two; a client that takes longer is holding the connection on purpose.
    /// </summary>
    public static readonly TimeSpan HeadersTimeout = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Longer than the 60 s after which common proxies drop an idle connection, so that they drop it, not we.
    /// </summary>
    public static readonly TimeSpan KeepAliveTimeout = TimeSpan.FromSeconds(75);

    /// <summary>Open boards; each costs about 10 KB when idle, so this bounds them at 100 MB.</summary>
    public const int UpgradedConnectionsMax = 10_000;

    /// <summary>The slowest mobile network sends a body far faster; below it a body is being trickled.</summary>
    public const double BodyBytesPerSecondMin = 240;

    /// <summary>How long a body may start slowly before its rate counts.</summary>
    public static readonly TimeSpan BodyRateGrace = TimeSpan.FromSeconds(5);

    /// <summary>Dead letters replayed by one request: as many as a person would look through.</summary>
    public const int DeadLettersAtOnceMax = 100;

    /// <summary>As many as a person may have streams.</summary>
    public const int SourcesOfPersonMax = 32;

    /// <summary>A series of more points cannot be told apart on any screen.</summary>
    public const int SeriesPointsMax = 5_000;

    /// <summary>A day minute by minute.</summary>
    public const int SeriesPointsDefault = 1_440;

    /// <summary>Longest time whose samples are read at once: a month at one a second is 20 MB.</summary>
    public static readonly TimeSpan SamplesSpanMax = TimeSpan.FromDays(31);

    /// <summary>Samples or observations answered at once: some megabytes of JSON.</summary>
    public const int SamplesAnsweredMax = 20_000;

    /// <summary>Days answered at once: ten years.</summary>
    public const int DaysAnsweredMax = 3_660;

    /// <summary>The longest name of a logger is a type's full name, with what its type arguments add.</summary>
    public const int LogCategoryLengthMax = 200;

    /// <summary>An hour of more log than usual fills no disk, and nobody looks for longer at once.</summary>
    public const int LogLevelMinutesMax = 60;

    /// <summary>A silo's address has a host, a port and the number of its start.</summary>
    public const int SiloAddressLengthMax = 100;

    /// <summary>The longest id is an account's: a domain name and a product.</summary>
    public const int GrainIdLengthMax = 400;
}
