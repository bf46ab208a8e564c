using System.Collections.Concurrent;
using EcosystemSilo.Gateway.Telemetry;
using EcosystemSilo.Tests.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Telemetry;

public sealed class TelemetryExportTests
{
    [Fact]
    public async Task WithACollector_TracesAndMetricsReachIt()
    {
        await using var collector = await Collector.Start();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration["Telemetry:Endpoint"] = collector.Address;
        builder.Configuration["Telemetry:Protocol"] = "http/protobuf";
        builder.AddTelemetry();
        await using var app = builder.Build();
        app.MapGet("/", () => "hello");
        await app.StartAsync();
        using var client = new HttpClient();
        (await client.GetAsync(app.Urls.First())).EnsureSuccessStatusCode();

        await app.StopAsync();

        collector.Received.Keys.ShouldBe(["/v1/traces", "/v1/metrics"], ignoreOrder: true);
        collector.Received.Values.ShouldAllBe(bytes => bytes > 0);
    }

    [Fact]
    public async Task WithoutACollector_NothingIsExported()
    {
        using var gateway = new GatewayUnderTest();
        using var client = gateway.AsBootstrap();
        (await client.GetAsync("/health/live")).EnsureSuccessStatusCode();
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
