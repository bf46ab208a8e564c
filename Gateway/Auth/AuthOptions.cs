namespace EcosystemSilo.Gateway.Auth;

/// <summary>Who is let in. Section <c>Auth</c>; as environment variables <c>Auth__BootstrapKey</c> and so on.</summary>
public sealed class AuthOptions
{
    public const string Section = "Auth";

    /// <summary>
    /// A key that is ecosystem-admin of all ecosystems, to create the first API keys with. Default: none. At least 32
    /// characters; only its SHA-256 stays in memory.
    /// </summary>
    public string? BootstrapKey { get; set; }

    /// <summary>The address of an OIDC authority whose tokens are accepted. Default: none, no tokens.</summary>
    public string? Authority { get; set; }

    /// <summary>What the tokens' <c>aud</c> must be. Required with <see cref="Authority"/>.</summary>
    public string? Audience { get; set; }

    /// <summary>The claim that lists the ecosystems, <c>*</c> for all. Default: <c>ecosystem</c>.</summary>
    public string EcosystemClaim { get; set; } = "ecosystem";

    /// <summary>The claim that holds one of the five roles. Default: <c>role</c>.</summary>
    public string RoleClaim { get; set; } = "role";

    /// <summary>The claim that holds the partner's id, for role partner. Default: <c>partner</c>.</summary>
    public string PartnerClaim { get; set; } = "partner";

    /// <summary>How far clocks may differ when a token's times are checked. Default: 30 s; 0 to 5 min.</summary>
    public TimeSpan ClockSkew { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a portal session lasts without being used. Default: 12 h; 1 min to 7 days.</summary>
    public TimeSpan SessionLifetime { get; set; } = TimeSpan.FromHours(12);

    /// <summary>What is wrong with the settings, each with its full name.</summary>
    internal IEnumerable<string> Faults()
    {
        if (BootstrapKey is { Length: < GatewayLimits.BootstrapKeyLengthMin })
        {
            yield return $"{Section}:{nameof(BootstrapKey)} must have at least {GatewayLimits.BootstrapKeyLengthMin} "
                + $"characters, it has {BootstrapKey.Length}. Make one with: openssl rand -base64 32";
        }

        if (BootstrapKey is { Length: > GatewayLimits.ApiKeyLengthMax })
        {
            yield return $"{Section}:{nameof(BootstrapKey)} may have {GatewayLimits.ApiKeyLengthMax} characters.";
        }

        if (Authority is not null && string.IsNullOrWhiteSpace(Audience))
        {
            yield return $"{Section}:{nameof(Audience)} must be set together with {Section}:{nameof(Authority)}: without "
                + "it, tokens that the authority issued for other applications would be accepted.";
        }

        if (Authority is not null && !IsHttps(Authority))
        {
            yield return $"{Section}:{nameof(Authority)} must be an https address, or http on this machine.";
        }

        if (ClockSkew < TimeSpan.Zero || ClockSkew > TimeSpan.FromMinutes(5))
        {
            yield return $"{Section}:{nameof(ClockSkew)} must be from 0 to 5 minutes.";
        }

        if (SessionLifetime < TimeSpan.FromMinutes(1) || SessionLifetime > TimeSpan.FromDays(7))
        {
            yield return $"{Section}:{nameof(SessionLifetime)} must be from 1 minute to 7 days.";
        }
    }

    private static bool IsHttps(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback));
}
