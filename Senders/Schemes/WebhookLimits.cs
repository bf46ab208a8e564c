namespace EcosystemSilo.Senders.Schemes;

/// <summary>The bounds of what a webhook sender may send, each with the reason for its size.</summary>
public static class WebhookLimits
{
    /// <summary>
    /// HubSpot's fullest batch is about 100 KB and Standard Webhooks advises 20 KB; this leaves room for both.
    /// </summary>
    public const int BodyBytesMax = 1024 * 1024;

    /// <summary>HubSpot's documented batch; it also fits one append of the journal.</summary>
    public const int EventsPerDeliveryMax = 100;

    /// <summary>
    /// An event's or delivery's id is kept for weeks in the inbox; the longest seen is about 60 characters.
    /// </summary>
    public const int IdCharsMax = 256;

    /// <summary>Event types are names, and they become labels of counters.</summary>
    public const int TypeCharsMax = 256;

    /// <summary>A signature header: room for every signature of a rotation, none for a flood of them.</summary>
    public const int SignatureHeaderCharsMax = 4_096;

    /// <summary>Signatures tried per delivery: two keys in rotation and two versions make four.</summary>
    public const int SignaturesMax = 16;

    /// <summary>The URL is part of what HubSpot signs; ours have a few dozen characters.</summary>
    public const int UrlCharsMax = 2_048;

    /// <summary>Context attributes of one CloudEvent: 8 in the specification and a handful of extensions.</summary>
    public const int AttributesMax = 64;

    /// <summary>Characters of one CloudEvents attribute: a source is a URI, a subject a path.</summary>
    public const int AttributeCharsMax = 2_048;

    /// <summary>
    /// One part of a large delivery, in bytes: large enough that an append is worth its fsync, small enough that a
    /// hundred of them in a reader's page are a few megabytes.
    /// </summary>
    public const int PartBytesMax = 64 * 1024;

    /// <summary>
    /// One element of a large delivery: an activity of a whole day with a sample a second has about 4 MB.
    /// </summary>
    public const int ElementBytesMax = 4 * 1024 * 1024;

    /// <summary>Names, values and brackets of one part: those of an element of 4 MB of short samples.</summary>
    public const int PartTokensMax = 1_500_000;

    /// <summary>Bytes of parts that are being journalled while the next is read: enough for a group commit.</summary>
    public const int PartBytesUnderWayMax = 1024 * 1024;

    /// <summary>Large deliveries at a time: each may hold an element and the parts under way.</summary>
    public const int LargeAtOnceMax = 4;

    /// <summary>How long a large delivery waits for another to end; its senders wait 8 s or more.</summary>
    public static readonly TimeSpan LargePatience = TimeSpan.FromSeconds(2);

    /// <summary>SOAP messages are six deep; records have no depth.</summary>
    public const int XmlDepthMax = 16;

    /// <summary>A hundred notifications of a few hundred fields.</summary>
    public const int XmlNodesMax = 100_000;

    /// <summary>A notification's status and the resources of a hundred events with their context.</summary>
    public const int FhirEntriesMax = 500;

    /// <summary>A list of a sender's addresses is kept by hand; the longest published has about thirty.</summary>
    public const int NetworksMax = 64;

    /// <summary>The text of one setting: Google's public keys take about 2 KB, a list of addresses less.</summary>
    public const int SettingCharsMax = 8_192;

    /// <summary>
    /// What a handshake repeats to its sender: the longest seen has 64 characters, and all are letters, digits or
    /// <c>-._~</c>, so that nothing which a browser would act on is ever repeated.
    /// </summary>
    public const int ChallengeCharsMax = 256;

    /// <summary>A day: the longest that a sender's retries go on within one time-out of ours.</summary>
    public const int ToleranceMinutesMax = 1_440;

    /// <summary>
    /// Within it the same notification without id and time counts as one. Whoever fetches what a notification announces
    /// does so after it has passed; then no change is missed. Longer than the time after which senders give up.
    /// </summary>
    public static readonly TimeSpan SameNewsWindow = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Requests per minute granted to a CloudEvents sender that asks in the handshake of its specification.
    /// </summary>
    public const int HandshakeRatePerMinuteMax = 60_000;

    /// <summary>
    /// How far a sender's clock may be off, both ways: what the Standard Webhooks libraries and HubSpot use.
    /// </summary>
    public static readonly TimeSpan TimestampTolerance = TimeSpan.FromMinutes(5);
}
