namespace EcosystemSilo.Senders.Secrets;

/// <summary>The bounds of secrets at hand, each with the reason for its size.</summary>
public static class SecretLimits
{
    /// <summary>Opened webhook secrets kept at hand: every source of a large ecosystem, in about a megabyte.</summary>
    public const int OpenedSecretsMax = 10_000;
}
