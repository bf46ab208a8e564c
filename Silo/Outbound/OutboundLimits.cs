namespace EcosystemSilo.Silo.Outbound;

/// <summary>The bounds of sending notifications, each with the reason for its size.</summary>
internal static class OutboundLimits
{
    /// <summary>
    /// Notifications that wait for one endpoint, in about 3 MB. An endpoint that is further behind follows the
    /// journal by
    /// itself, page by page, so that nothing is lost and no memory is filled.
    /// </summary>
    public const int WaitingMax = 10_000;

    /// <summary>
    /// Requests to one endpoint at a time: enough for 20 a second at 200 ms each, no flood for its server.
    /// </summary>
    public const int AtOncePerEndpoint = 4;

    /// <summary>To an endpoint that is failing, one at a time: the others would very likely fail too.</summary>
    public const int AtOnceWhileFailing = 1;

    /// <summary>
    /// Requests at a time in all: more than a hundred endpoints that hang at once, since a failing one takes one place.
    /// Each holds a socket and a body of at most 20 KB.
    /// </summary>
    public const int AtOnce = 512;

    /// <summary>
    /// Notes of attempts that wait for one endpoint that is paused: far more than changes of its fortune in a day.
    /// </summary>
    public const int NotesParkedMax = 1_000;

    /// <summary>Grains whose partner is remembered: a few hundred KB. Beyond it all are looked up again.</summary>
    public const int OwnersMax = 10_000;

    /// <summary>Clocks of processes differ, so a time is looked for in the journal from a little before.</summary>
    public static readonly TimeSpan ClockSlack = TimeSpan.FromMinutes(1);

    /// <summary>
    /// How long a notification waits after a fault that nobody foresaw: rare enough not to fill the log.
    /// </summary>
    public static readonly TimeSpan FaultPause = TimeSpan.FromMinutes(1);

    /// <summary>Pages that one poll looks through for events that its caller may see: about 5,000 events.</summary>
    public const int PagesPerPoll = 10;
}
