using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using EcosystemSilo.Silo.Telemetry;
using EcosystemSilo.Tests.Http;
using EcosystemSilo.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Telemetry;

[Collection<AloneCollection>]
public sealed class TelemetryExportTests
{
    [Fact]
    public async Task WithACollector_TracesAndMetricsReachIt()
    {
        await using var collector = await Collector.Start();
        await using var app = Hello(("Telemetry:Endpoint", collector.Address), ("Telemetry:Protocol", "http/protobuf"));
        await app.StartAsync();
        using var client = new HttpClient();
        (await client.GetAsync(app.Urls.First())).EnsureSuccessStatusCode();
        IsWatched().ShouldBe((true, true));

        await app.StopAsync();

        collector.Received.Keys.ShouldBe(["/v1/traces", "/v1/metrics"], ignoreOrder: true);
        collector.Received.Values.ShouldAllBe(bytes => bytes > 0);
    }

    [Fact]
    public async Task WithoutACollector_NothingIsExported()
    {
        await using var app = Hello();

        await app.StartAsync();

        IsWatched().ShouldBe((false, false), "nobody takes traces or metrics, wherever they would go");
        using var gateway = new GatewayUnderTest();
        gateway.Services.GetRequiredService<IOptions<TelemetryOptions>>().Value.Endpoint.ShouldBeNull();
    }

    [Theory]
    [InlineData("Endpoint", "ftp://collector")]
    [InlineData("Protocol", "udp")]
    [InlineData("MetricInterval", "00:10:00")]
    public async Task ABadSetting_StopsTheStartWithItsFullName(string setting, string value)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration[$"Telemetry:{setting}"] = value;
        builder.AddTelemetry();
        await using var app = builder.Build();

        var start = await Should.ThrowAsync<OptionsValidationException>(() => app.StartAsync());

        start.Message.ShouldContain($"Telemetry:{setting} must be");
    }

    private static WebApplication Hello(params (string Name, string Value)[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        foreach (var (name, value) in settings)
        {
            builder.Configuration[name] = value;
        }

        builder.AddTelemetry();
        var app = builder.Build();
        app.MapGet("/", () => "hello");
        return app;
    }

    /// <summary>
    /// Whether anybody in the whole process takes the product's traces and metrics: an exporter, once there is one.
    /// </summary>
    private static (bool Traces, bool Metrics) IsWatched()
    {
        using var source = new ActivitySource("EcosystemSilo");
        using var meter = new Meter("EcosystemSilo");
        return (source.HasListeners(), meter.CreateCounter<int>("whether-somebody-counts").Enabled);
    }

    /// <summary>Counts the bytes that arrive for each signal.</summary>
    private sealed class Collector(WebApplication app) : IAsyncDisposable
    {
        public string Address => app.Urls.First();

        public ConcurrentDictionary<string, long> Received { get; } = new();

        public static async Task<Collector> Start()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            var app = builder.Build();
            var collector = new Collector(app);
            app.Run(async context =>
            {
                using var body = new MemoryStream();
                await context.Request.Body.CopyToAsync(body);
                collector.Received.AddOrUpdate(context.Request.Path, body.Length, (_, sum) => sum + body.Length);
            });
            await app.StartAsync();
            return collector;
        }

        public ValueTask DisposeAsync() => app.DisposeAsync();
    }
}
