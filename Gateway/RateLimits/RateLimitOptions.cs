namespace EcosystemSilo.Gateway.RateLimits;

/// <summary>
/// How fast anybody may ask, so that one cannot take from others. Section <c>RateLimits</c>. Each is a bucket: so many
/// requests a second in the long run, and a burst on top.
/// </summary>
public sealed class RateLimitOptions
{
    public const string Section = "RateLimits";

    /// <summary>Requests a second of one API key, token or session. Default: 2000; 1 to 1,000,000.</summary>
    public int RestPerSecond { get; set; } = 2_000;

    /// <summary>The burst of one API key, token or session. Default: 4000; 1 to 1,000,000.</summary>
    public int RestBurst { get; set; } = 4_000;

    /// <summary>Requests a second without valid credentials from one address. Default: 200; 1 to 1,000,000.</summary>
    public int AnonymousPerSecond { get; set; } = 200;

    /// <summary>The burst without valid credentials from one address. Default: 400; 1 to 1,000,000.</summary>
    public int AnonymousBurst { get; set; } = 400;

    /// <summary>
    /// Keys and sources a second that one address may name and that this process does not know yet. Default: 100; 1 to
    /// 1,000,000.
    /// </summary>
    public int UnknownPerSecond { get; set; } = 100;

    /// <summary>Their burst. Default: 1000; 1 to 1,000,000.</summary>
    public int UnknownBurst { get; set; } = 1_000;

    /// <summary>Deliveries a second to one webhook source. Default: 50000; 1 to 1,000,000.</summary>
    public int WebhooksPerSecond { get; set; } = 50_000;

    /// <summary>The burst of one webhook source. Default: 100000; 1 to 1,000,000.</summary>
    public int WebhooksBurst { get; set; } = 100_000;

    /// <summary>What is wrong with the settings, each with its full name.</summary>
    internal IEnumerable<string> Faults() =>
        from setting in new (string Name, int Value)[]
        {
            (nameof(RestPerSecond), RestPerSecond),
            (nameof(RestBurst), RestBurst),
            (nameof(AnonymousPerSecond), AnonymousPerSecond),
            (nameof(AnonymousBurst), AnonymousBurst),
            (nameof(UnknownPerSecond), UnknownPerSecond),
            (nameof(UnknownBurst), UnknownBurst),
            (nameof(WebhooksPerSecond), WebhooksPerSecond),
            (nameof(WebhooksBurst), WebhooksBurst),
        }
        where setting.Value is < 1 or > 1_000_000
        select $"{Section}:{setting.Name} must be from 1 to 1,000,000, it is {setting.Value}.";
}
