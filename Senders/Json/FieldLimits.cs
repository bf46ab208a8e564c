namespace EcosystemSilo.Senders.Json;

/// <summary>The bounds of fields that requests and webhook events share, each with the reason for its size.</summary>
public static class FieldLimits
{
    /// <summary>A name is shown on a card; the longest registered company names stay under 200 characters.</summary>
    public const int NameLengthMax = 200;

    /// <summary>A reason or note is a paragraph that a person typed.</summary>
    public const int NoteLengthMax = 2_000;

    /// <summary>A domain name has at most 253 characters (RFC 1035, section 2.3.4).</summary>
    public const int DomainLengthMax = 253;

    /// <summary>Ten times the largest contract imaginable, far below where a long would overflow in a sum.</summary>
    public const long MoneyMinorMax = 1_000_000_000_000_000;
}
