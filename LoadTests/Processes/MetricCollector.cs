using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EcosystemSilo.LoadTests.Processes;

/// <summary>
/// Takes the metrics that processes export (OTLP over HTTP) and keeps the newest sum of each counter, and the count of
/// each histogram, of each process.
/// Each process exports to an address of its own.
/// </summary>
public sealed class MetricCollector : IAsyncDisposable
{
    private readonly ConcurrentDictionary<(string Process, string Counter), long> _sums = new();
    private readonly WebApplication _app;

    private MetricCollector(WebApplication app) => _app = app;

    public static async Task<MetricCollector> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var collector = new MetricCollector(builder.Build());
        collector._app.MapPost("/{process}/v1/metrics", collector.Take);
        collector._app.MapPost("/{process}/v1/traces", () => Results.Ok());
        await collector._app.StartAsync();
        return collector;
    }

    /// <summary>Makes a process export here, every second.</summary>
    public void Watch(GatewayProcess process)
    {
        process.Set("Telemetry__Endpoint", $"{_app.Urls.First()}/{new Uri(process.Url).Port}");
        process.Set("Telemetry__Protocol", "http/protobuf");
        process.Set("Telemetry__MetricInterval", "00:00:01");
    }

    /// <summary>The sum of a counter over all processes and labels, since they started.</summary>
    public long Sum(string counter) => _sums.Where(sum => sum.Key.Counter == counter).Sum(sum => sum.Value);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task Take(string process, HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        // ExportMetricsServiceRequest: resource_metrics (1), scope_metrics (2), metrics (2) with name (1), sum (7) or
        // histogram (9).
        foreach (var resource in Protobuf.Parts(body.ToArray(), 1))
        {
            foreach (var metric in Protobuf.Parts(resource, 2).SelectMany(scope => Protobuf.Parts(scope, 2)))
            {
                var name = Encoding.UTF8.GetString(Protobuf.Parts(metric, 1).Single());
                foreach (var sum in Protobuf.Parts(metric, 7))
                {
                    _sums[(process, name)] = Protobuf.Parts(sum, 1).Sum(Value);
                }

                foreach (var histogram in Protobuf.Parts(metric, 9))
                {
                    _sums[(process, name)] = Protobuf.Parts(histogram, 1).Sum(Count);
                }
            }
        }
    }

    /// <summary>A data point's as_int (6).</summary>
    private static long Value(byte[] point) =>
        Protobuf.Parts(point, 6).Select(bytes => BinaryPrimitives.ReadInt64LittleEndian(bytes)).SingleOrDefault();

    /// <summary>A histogram's count (4).</summary>
    private static long Count(byte[] point) =>
        Protobuf.Parts(point, 4).Select(bytes => BinaryPrimitives.ReadInt64LittleEndian(bytes)).SingleOrDefault();
}
