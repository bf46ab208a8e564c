using EcosystemSilo.Senders.Schemes;

namespace EcosystemSilo.Silo.EventHubs;

/// <summary>The bounds of what is read from an event hub, each with the reason for its size.</summary>
internal static class HubLimits
{
    /// <summary>Event Hubs' own limit of a consumer group's name.</summary>
    public const int ConsumerGroupCharsMax = 50;

    /// <summary>Event Hubs' own limit of a partition key.</summary>
    public const int PartitionKeyCharsMax = 128;

    /// <summary>Of a message's id: as of every sender's.</summary>
    public const int IdCharsMax = WebhookLimits.IdCharsMax;

    /// <summary>As of a webhook's body. Standard hubs take as much with all that is around it.</summary>
    public const int BodyBytesMax = WebhookLimits.BodyBytesMax;

    /// <summary>
    /// Characters of a message that cannot be read, for whoever looks for its fault: enough to see what it is.
    /// </summary>
    public const int PoisonCharsMax = 4_096;

    /// <summary>Messages that are taken from the hub at once; the client fetches ahead by itself.</summary>
    public const int ReadMax = 200;

    /// <summary>
    /// Messages of a partition that are held until the journal has them: some seconds of work. More are not read,
    /// so that what a slow journal holds up waits in the hub.
    /// </summary>
    public const int HeldMax = 2_000;

    /// <summary>Bytes of the same, since messages may have a megabyte each.</summary>
    public const long HeldBytesMax = 16L * 1024 * 1024;

    /// <summary>Messages that go to the journal at once: enough for its group commit, few enough for a call.</summary>
    public const int BatchMax = 256;

    /// <summary>Bytes of the same; one message may be more.</summary>
    public const int BatchBytesMax = 2 * 1024 * 1024;

    /// <summary>
    /// A call with a batch ends after this long, taken or not, and Orleans repeats it: well before its own time-out.
    /// </summary>
    public static readonly TimeSpan BatchPatience = TimeSpan.FromSeconds(10);

    /// <summary>Attempts at a message that fails for a reason nobody foresaw, before it is a dead letter.</summary>
    public const int PoisonAttemptsMax = Limits.PoisonAttemptsMax;

    /// <summary>
    /// How often a partition's place is saved: what lies between is read again after a crash, and recognised.
    /// </summary>
    public static readonly TimeSpan SaveEvery = TimeSpan.FromSeconds(1);

    /// <summary>The last save of a partition that is handed on, or of a process that stops.</summary>
    public static readonly TimeSpan LastSaveMax = TimeSpan.FromSeconds(3);

    /// <summary>How often the hub is asked how far its partitions go.</summary>
    public static readonly TimeSpan LagEvery = TimeSpan.FromSeconds(5);

    /// <summary>A request to the hub, before it counts as failed.</summary>
    public static readonly TimeSpan RequestMax = TimeSpan.FromSeconds(10);

    /// <summary>The first wait after the hub failed, doubled each time.</summary>
    public static readonly TimeSpan RetryFirst = TimeSpan.FromMilliseconds(250);

    /// <summary>The longest wait: a hub that is back is read within it.</summary>
    public static readonly TimeSpan RetryMax = TimeSpan.FromSeconds(30);

    /// <summary>The longest wait before a batch is given again to a consumer that did not take it.</summary>
    public static readonly TimeSpan RedeliveryMax = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How long a silo runs before partitions are moved to it. Less, and a silo that cannot stay would move them twice;
    /// while silos disagree both read, and repeats are recognised.
    /// </summary>
    public static readonly TimeSpan SiloMaturity = TimeSpan.FromSeconds(5);
}
