using System.Security.Cryptography;
using System.Text;
using EcosystemSilo.Grains.Interfaces.ApiKeys;
using Microsoft.Extensions.Options;

namespace EcosystemSilo.Gateway.Auth;

/// <summary>
/// The key of the first hour: ecosystem-admin of all ecosystems, from configuration. Only its digest is kept, so it
/// cannot leak from a memory dump or a debugging endpoint.
/// </summary>
public sealed class BootstrapKey
{
    private readonly byte[]? _digest;

    public BootstrapKey(IOptionsMonitor<AuthOptions> options)
    {
        if (options.CurrentValue.BootstrapKey is { } key)
        {
            _digest = SHA256.HashData(Encoding.UTF8.GetBytes(key));
            options.CurrentValue.BootstrapKey = null;
        }
    }

    public static Caller Caller { get; } = new("key:bootstrap", "Bootstrap key", Role.EcosystemAdmin, null, null);

    /// <summary>Names the configured key without revealing it; a session that began with another key ends.</summary>
    public string? Fingerprint => _digest is null ? null : Convert.ToHexStringLower(SHA256.HashData(_digest))[..16];

    public bool Matches(string text) =>
        _digest is not null
        && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(text)), _digest);
}
