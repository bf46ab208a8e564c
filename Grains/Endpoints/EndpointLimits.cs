namespace EcosystemSilo.Grains.Endpoints;

/// <summary>The bounds of endpoints, each with the reason for its size.</summary>
public static class EndpointLimits
{
    /// <summary>
    /// An endpoint that has failed for so long is disabled. Standard Webhooks, "Deliverability and reliability", asks
    /// for
    /// it after "an extended period of time"; five days are longer than any weekend, and than one event's attempts.
    /// </summary>
    public static readonly TimeSpan FailingMax = TimeSpan.FromDays(5);

    /// <summary>Secrets in their overlap; each one is one more signature in a header of 4 KB.</summary>
    public const int SecretsMax = 8;
}
