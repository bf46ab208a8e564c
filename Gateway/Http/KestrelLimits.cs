using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace EcosystemSilo.Gateway.Http;

/// <summary>
/// What a connection may cost before a request is even read, and where the gateway listens by default.
/// </summary>
public static class KestrelLimits
{
    private const string DefaultUrl = "http://localhost:5080";

    public static void AddKestrelLimits(this WebApplicationBuilder builder)
    {
        var settings = builder.Configuration;
        var isPlaceGiven =
            settings[WebHostDefaults.ServerUrlsKey] is not null
            || settings[WebHostDefaults.HttpPortsKey] is not null
            || settings[WebHostDefaults.HttpsPortsKey] is not null
            || settings.GetSection("Kestrel:Endpoints").Exists();
        if (!isPlaceGiven)
        {
            builder.WebHost.UseUrls(DefaultUrl);
        }

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
