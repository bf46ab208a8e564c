using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace EcosystemSilo.Silo.Telemetry;

/// <summary>
/// <c>/metrics</c> in the text form of Prometheus. They name neither people nor secrets, but say how busy the service
/// is: they are read with <see cref="TelemetryOptions.MetricsKey"/>, or without one from the process's own machine.
/// </summary>
public static class MetricsApi
{
    private const string Path = "/metrics";
    private const string Scheme = "Bearer ";

    public static void MapMetrics(this WebApplication app)
    {
        var key = app.Services.GetRequiredService<IOptions<TelemetryOptions>>();
        var scraping = new Lazy<RequestDelegate>(() => Scraping(app));
        app.MapGet(
                Path,
                context => IsAllowed(context.Request, key.Value.MetricsKey) ? scraping.Value(context) : Refuse(context)
            )
            .AllowAnonymous()
            .DisableRateLimiting()
            .ExcludeFromDescription();
    }

    /// <summary>
    /// Begins with the first who asks, so that a process that nobody watches does not pay for measuring.
    /// </summary>
    private static RequestDelegate Scraping(WebApplication app)
    {
        var metrics = app.Services.GetRequiredService<ScrapedMetrics>().Begin();
        var pipeline = ((IEndpointRouteBuilder)app).CreateApplicationBuilder();
        pipeline.UseOpenTelemetryPrometheusScrapingEndpoint(
            metrics,
            predicate: _ => true,
            path: null,
            configureBranchedPipeline: null,
            optionsName: null
        );
        return pipeline.Build();
    }

    private static bool IsAllowed(HttpRequest request, string? key) =>
        key is null ? IsFromThisMachine(request) : HasKey(request, key);

    /// <summary>A proxy on the same machine asks for somebody else, and says so.</summary>
    private static bool IsFromThisMachine(HttpRequest request) =>
        (request.HttpContext.Connection.RemoteIpAddress is not { } address || IPAddress.IsLoopback(address))
        && !request.Headers.ContainsKey("X-Forwarded-For")
        && !request.Headers.ContainsKey("X-Original-For")
        && !request.Headers.ContainsKey("Forwarded");

    private static bool HasKey(HttpRequest request, string key) =>
        request.Headers.Authorization is [{ } header]
        && header.StartsWith(Scheme, StringComparison.Ordinal)
        && CryptographicOperations.FixedTimeEquals(
            SHA256.HashData(Encoding.UTF8.GetBytes(header[Scheme.Length..])),
            SHA256.HashData(Encoding.UTF8.GetBytes(key))
        );

    private static Task Refuse(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        context.Response.Headers[HeaderNames.WWWAuthenticate] = Scheme.Trim();
        return Task.CompletedTask;
    }
}

/// <summary>What has been measured since the first who asked.</summary>
internal sealed class ScrapedMetrics : IDisposable
{
    private MeterProvider? provider;

    public MeterProvider Begin() =>
        provider ??= Sdk.CreateMeterProviderBuilder().AddMeter(Instruments.Meters).AddPrometheusExporter().Build();

    public void Dispose() => provider?.Dispose();
}
