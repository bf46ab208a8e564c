using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace EcosystemSilo.Silo.Telemetry;

/// <summary>Sends traces and metrics to an OTLP collector while the process runs, if one is configured.</summary>
public sealed partial class TelemetryExport(
    IOptions<TelemetryOptions> options,
    IConfiguration configuration,
    ILogger<TelemetryExport> logger
) : IHostedService, IDisposable
{
    private TracerProvider? _traces;
    private MeterProvider? _metrics;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var endpoint = options.Value.Endpoint?.ToString() ?? configuration["OTEL_EXPORTER_OTLP_ENDPOINT"];
        if (string.IsNullOrEmpty(endpoint))
        {
            return Task.CompletedTask;
        }

        var resource = ResourceBuilder.CreateDefault();
        if (configuration["OTEL_SERVICE_NAME"] is null)
        {
            resource.AddService(
                Instruments.ServiceName,
                serviceVersion: typeof(TelemetryExport).Assembly.GetName().Version?.ToString()
            );
        }

        _traces = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(resource)
            .AddSource(Instruments.Sources)
            .AddOtlpExporter(exporter => Configure(exporter, "v1/traces"))
            .Build();
        _metrics = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(resource)
            .AddMeter(Instruments.Meters)
            .AddOtlpExporter(
                (exporter, reader) =>
                {
                    Configure(exporter, "v1/metrics");
                    reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = (int)
                        options.Value.MetricInterval.TotalMilliseconds;
                }
            )
            .Build();
        LogExporting(logger, endpoint);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        // What the last seconds measured matters most after a crash loop; give it a moment to leave.
        _traces?.ForceFlush((int)TimeSpan.FromSeconds(2).TotalMilliseconds);
        _metrics?.ForceFlush((int)TimeSpan.FromSeconds(2).TotalMilliseconds);
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _traces?.Dispose();
        _metrics?.Dispose();
    }

    private void Configure(OtlpExporterOptions exporter, string path)
    {
        if (options.Value.Protocol is { } protocol)
        {
            exporter.Protocol = protocol == "grpc" ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
        }

        if (options.Value.Endpoint is not { } endpoint)
        {
            return;
        }

        // An endpoint that is set in code is taken as it is: over HTTP it must name the signal's path.
        exporter.Endpoint =
            exporter.Protocol == OtlpExportProtocol.Grpc
                ? endpoint
                : new Uri($"{endpoint.AbsoluteUri.TrimEnd('/')}/{path}");
    }

    [LoggerMessage(2090, LogLevel.Information, "Traces and metrics go to {Endpoint}")]
    private static partial void LogExporting(ILogger logger, string endpoint);
}
