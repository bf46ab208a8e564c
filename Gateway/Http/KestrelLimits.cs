using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace EcosystemSilo.Gateway.Http;

/// <summary>What a connection may cost before a request is even read.</summary>
public static class KestrelLimits
{
    public static void AddKestrelLimits(this WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = GatewayLimits.RestBodyBytesMax;
            kestrel.Limits.MaxRequestHeadersTotalSize = GatewayLimits.HeaderBytesMax;
            kestrel.Limits.MaxRequestLineSize = GatewayLimits.RequestLineBytesMax;
            kestrel.Limits.RequestHeadersTimeout = GatewayLimits.HeadersTimeout;
            kestrel.Limits.KeepAliveTimeout = GatewayLimits.KeepAliveTimeout;
            kestrel.Limits.MaxConcurrentUpgradedConnections = GatewayLimits.UpgradedConnectionsMax;
            kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(
                GatewayLimits.BodyBytesPerSecondMin,
                GatewayLimits.BodyRateGrace
            );
        });
    }
}
