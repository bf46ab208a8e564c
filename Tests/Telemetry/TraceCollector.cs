using System.Collections.Concurrent;
using System.Text;
using EcosystemSilo.LoadTests.Processes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EcosystemSilo.Tests.Telemetry;

/// <summary>A span as a process exported it.</summary>
/// <param name="Process">The port of the process's own address.</param>
internal sealed record Span(string Process, string Trace, string Id, string Parent, string Source, string Name);

/// <summary>Takes the spans that processes export (OTLP over HTTP).</summary>
internal sealed class TraceCollector : IAsyncDisposable
{
    private readonly ConcurrentQueue<Span> _spans = new();
    private readonly WebApplication _app;

    private TraceCollector(WebApplication app) => _app = app;

    public IReadOnlyList<Span> Spans => [.. _spans];

    public static async Task<TraceCollector> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var collector = new TraceCollector(builder.Build());
        collector._app.MapPost("/{process}/v1/traces", collector.Take);
        collector._app.MapPost("/{process}/v1/metrics", () => Results.Ok());
        await collector._app.StartAsync();
        return collector;
    }

    /// <summary>Makes a process export here, at once.</summary>
    public void Watch(ServerProcess process)
    {
        process.Set("Telemetry__Endpoint", $"{_app.Urls.First()}/{new Uri(process.Url).Port}");
        process.Set("Telemetry__Protocol", "http/protobuf");
        process.Set("OTEL_BSP_SCHEDULE_DELAY", "100");
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task Take(string process, HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        // ExportTraceServiceRequest: resource_spans (1), scope_spans (2) with scope (1) and its name (1), spans (2)
        // with trace_id (1), span_id (2), parent_span_id (4), name (5).
        foreach (var scope in Protobuf.Parts(body.ToArray(), 1).SelectMany(resource => Protobuf.Parts(resource, 2)))
        {
            var source = Text(Protobuf.Parts(scope, 1).SelectMany(named => Protobuf.Parts(named, 1)));
            foreach (var span in Protobuf.Parts(scope, 2))
            {
                _spans.Enqueue(
                    new Span(
                        process,
                        Hex(Protobuf.Parts(span, 1)),
                        Hex(Protobuf.Parts(span, 2)),
                        Hex(Protobuf.Parts(span, 4)),
                        source,
                        Text(Protobuf.Parts(span, 5))
                    )
                );
            }
        }
    }

    private static string Hex(IEnumerable<byte[]> field) => Convert.ToHexStringLower(field.SingleOrDefault() ?? []);

    private static string Text(IEnumerable<byte[]> field) => Encoding.UTF8.GetString(field.SingleOrDefault() ?? []);
}
