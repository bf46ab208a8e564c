using Microsoft.Extensions.Configuration;

namespace EcosystemSilo.Silo.Telemetry;

/// <summary>
/// Where traces and metrics go. Section <c>Telemetry</c>. The standard variables of OpenTelemetry
/// (<c>OTEL_EXPORTER_OTLP_ENDPOINT</c>, <c>OTEL_EXPORTER_OTLP_PROTOCOL</c>, <c>OTEL_SERVICE_NAME</c>, …) work as well.
/// </summary>
public sealed class TelemetryOptions
{
    public const string Section = "Telemetry";

    /// <summary>Beyond guessing over the network.</summary>
    private const int MetricsKeyMin = 16;

    /// <summary>
    /// An OTLP collector, for example <c>http://localhost:4317</c>. Default: that of OTEL_EXPORTER_OTLP_ENDPOINT; with
    /// neither, nothing is exported.
    /// </summary>
    public Uri? Endpoint { get; set; }

    /// <summary><c>grpc</c> or <c>http/protobuf</c>. Default: that of OTEL_EXPORTER_OTLP_PROTOCOL, else grpc.</summary>
    public string? Protocol { get; set; }

    /// <summary>How often metrics are sent. Default: 15 s; 1 s to 5 min.</summary>
    public TimeSpan MetricInterval { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// What whoever reads <c>/metrics</c> sends as <c>Authorization: Bearer …</c>; at least 16 characters. Default:
    /// none, then only the process's own machine may read them.
    /// </summary>
    public string? MetricsKey { get; set; }

    /// <summary>Whether traces go anywhere, by the settings.</summary>
    internal static bool IsExported(IConfiguration configuration) =>
        !string.IsNullOrEmpty(configuration[$"{Section}:{nameof(Endpoint)}"])
        || !string.IsNullOrEmpty(configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]);

    /// <summary>What is wrong with the settings, each with its full name.</summary>
    internal IEnumerable<string> Faults()
    {
        if (Endpoint is not null && Endpoint is not { IsAbsoluteUri: true, Scheme: "http" or "https" })
        {
            yield return $"{Section}:{nameof(Endpoint)} must be an http or https address.";
        }

        if (Protocol is not (null or "grpc" or "http/protobuf"))
        {
            yield return $"{Section}:{nameof(Protocol)} must be grpc or http/protobuf.";
        }

        if (MetricInterval < TimeSpan.FromSeconds(1) || MetricInterval > TimeSpan.FromMinutes(5))
        {
            yield return $"{Section}:{nameof(MetricInterval)} must be from 1 second to 5 minutes.";
        }

        if (MetricsKey is { Length: < MetricsKeyMin })
        {
            yield return $"{Section}:{nameof(MetricsKey)} must have at least {MetricsKeyMin} characters.";
        }
    }
}
