namespace EcosystemSilo.Senders.Fetching;

/// <summary>How senders are asked. Section <c>Fetching</c>.</summary>
public sealed class FetchingOptions
{
    public const string Section = "Fetching";

    /// <summary>
    /// Whether a source may name another address of its sender's API. Default false, so that whoever creates sources
    /// cannot send this service, with a person's token, wherever they like; for tests, and for proxies of the own.
    /// Where it is not public, <c>Outbound:AllowedNetworks</c> must have it as well.
    /// </summary>
    public bool AllowOtherAddresses { get; set; }
}
