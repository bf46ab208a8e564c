using EcosystemSilo.Senders;
using EcosystemSilo.Silo.Fetching;
using EcosystemSilo.Silo.Hosting;
using EcosystemSilo.Silo.Membership;
using EcosystemSilo.Silo.Outbound;
using EcosystemSilo.Silo.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace EcosystemSilo.Silo;

/// <summary>
/// A silo as a process of its own: it runs grains and what follows from their events, beside gateways that ask it.
/// </summary>
internal static class SiloProgram
{
    public static Task<int> Main(string[] args) => ProcessRun.Run(() => Compose(args));

    private static WebApplication Compose(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSenders(builder.Configuration);
        builder.Services.AddSilo(builder.Configuration, ClusterRole.Silo);
        builder.Services.AddOutbound();
        builder.Services.AddFetchReader();
        builder.AddProcessRun("http://localhost:5081");
        builder.AddTelemetry();
        builder.AddHealth();

        var app = builder.Build();
        app.MapHealth();
        app.MapMetrics();
        return app;
    }
}
