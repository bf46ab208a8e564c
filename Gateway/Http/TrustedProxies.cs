using System.Net;
using Microsoft.AspNetCore.HttpOverrides;

namespace EcosystemSilo.Gateway.Http;

/// <summary>
/// Proxies whose word is taken for who a caller is (<c>X-Forwarded-For</c>, <c>X-Forwarded-Proto</c>). Nobody's by
/// default: anybody can send these headers.
/// </summary>
public static class TrustedProxies
{
    /// <summary>Addresses and networks (<c>10.0.0.0/8</c>) separated by commas.</summary>
    public const string Setting = "Gateway:TrustedProxies";

    /// <summary>First of all, so that everything after it sees the caller and not the proxy.</summary>
    /// <exception cref="InvalidOperationException">The setting names what is neither address nor network.</exception>
    public static void UseTrustedProxies(this WebApplication app)
    {
        var trusted = Parse(app.Configuration[Setting]);
        if (trusted.Count == 0)
        {
            return;
        }

        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
            ForwardLimit = GatewayLimits.ProxiesInARowMax,
        };
        // The default trusts whatever runs on this machine.
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in trusted)
        {
            options.KnownIPNetworks.Add(network);
        }

        app.UseForwardedHeaders(options);
    }

    internal static IReadOnlyList<System.Net.IPNetwork> Parse(string? setting) =>
        [
            .. (setting ?? "")
                .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Select(ParseOne),
        ];

    private static System.Net.IPNetwork ParseOne(string text) =>
        System.Net.IPNetwork.TryParse(text, out var network) ? network
        : IPAddress.TryParse(text, out var address)
            ? new System.Net.IPNetwork(address, address.GetAddressBytes().Length * 8)
        : throw new InvalidOperationException(
            $"{Setting}: '{text}' is neither an address nor a network such as 10.0.0.0/8."
        );
}
