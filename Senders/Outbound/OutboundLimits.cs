namespace EcosystemSilo.Senders.Outbound;

/// <summary>The bounds of one request to an endpoint, each with the reason for its size.</summary>
public static class OutboundLimits
{
    /// <summary>What is read of an answer's body. Only its beginning is shown; an endless one is cut here.</summary>
    public const int ResponseBytesMax = 1024;

    /// <summary>What is kept of it, enough for an error's sentence.</summary>
    public const int ResponseCharsMax = 256;

    /// <summary>In KB. An answer to a webhook has a dozen short headers.</summary>
    public const int ResponseHeadersKilobytesMax = 16;

    /// <summary>The status is known by then; a body that trickles must not hold a place.</summary>
    public static readonly TimeSpan ResponseBodyPatience = TimeSpan.FromSeconds(2);

    /// <summary>Addresses of one name that are tried before the attempt has failed.</summary>
    public const int AddressesTriedMax = 4;

    /// <summary>After this a name is looked up again, because a receiver may have moved.</summary>
    public static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(2);

    /// <summary>Keeps a busy endpoint's connection between two events, and no other's.</summary>
    public static readonly TimeSpan ConnectionIdleMax = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Opened signing secrets kept at hand: every endpoint of a large ecosystem, in about a megabyte.
    /// </summary>
    public const int OpenedSecretsMax = 10_000;

    /// <summary>The longest URL that proxies and servers take without asking is about 2,000 characters.</summary>
    public const int UrlCharsMax = 2_000;

    /// <summary>Event types that one endpoint names; the catalogue has a few dozen.</summary>
    public const int TypesMax = 100;

    /// <summary>Requests a second that a rate may allow; more than one endpoint is sent anyway.</summary>
    public const int PerSecondMax = 1_000;
}
