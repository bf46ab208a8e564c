namespace EcosystemSilo.Gateway.Board;

/// <summary>The bounds of the live board's connections, each with the reason for its size.</summary>
public static class BoardLimits
{
    /// <summary>The only thing a viewer sends is Watch: an ecosystem, a kind, four filters and a version.</summary>
    public const int ReceivedMessageBytesMax = 4 * 1024;

    /// <summary>
    /// Bytes on their way to one viewer before the next send waits; the rest is coalesced, not buffered.
    /// </summary>
    public const int BytesOnTheWayMax = 64 * 1024;

    /// <summary>Longest text filter: longer than any name, and short enough to compare with every card.</summary>
    public const int TextLengthMax = 200;

    /// <summary>
    /// How long a viewer may take to read one message. A tab in the background still reads; a dead one does not.
    /// </summary>
    public static readonly TimeSpan SendPatience = TimeSpan.FromSeconds(15);

    /// <summary>
    /// How long a version from the future is waited for: another process may be a moment ahead of this one.
    /// </summary>
    public static readonly TimeSpan VersionPatience = TimeSpan.FromSeconds(2);

    /// <summary>How old the knowledge may be that a viewer's key or session has not been revoked.</summary>
    public static readonly TimeSpan RecheckInterval = TimeSpan.FromSeconds(1);

    /// <summary>How often a viewer of a quiet board is checked for revocation.</summary>
    public static readonly TimeSpan QuietRecheckInterval = TimeSpan.FromSeconds(10);

    /// <summary>Tells both sides that the other is there, well before proxies cut idle connections at 60 s.</summary>
    public static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(10);

    /// <summary>Three missed keep-alives.</summary>
    public static readonly TimeSpan ClientTimeout = TimeSpan.FromSeconds(30);
}
