using EcosystemSilo.Gateway.ApiKeys;
using EcosystemSilo.Gateway.Auth;
using EcosystemSilo.Gateway.Blueprints;
using EcosystemSilo.Gateway.Board;
using EcosystemSilo.Gateway.CustomerPrograms;
using EcosystemSilo.Gateway.DeadLetters;
using EcosystemSilo.Gateway.Deals;
using EcosystemSilo.Gateway.Demo;
using EcosystemSilo.Gateway.Docs;
using EcosystemSilo.Gateway.Ecosystems;
using EcosystemSilo.Gateway.Endpoints;
using EcosystemSilo.Gateway.FirstRun;
using EcosystemSilo.Gateway.Http;
using EcosystemSilo.Gateway.Operations;
using EcosystemSilo.Gateway.Outcomes;
using EcosystemSilo.Gateway.Pages;
using EcosystemSilo.Gateway.Partners;
using EcosystemSilo.Gateway.People;
using EcosystemSilo.Gateway.RateLimits;
using EcosystemSilo.Gateway.Sources;
using EcosystemSilo.Gateway.Templates;
using EcosystemSilo.Gateway.Timelines;
using EcosystemSilo.Gateway.WearableStreams;
using EcosystemSilo.Gateway.Webhooks;
using EcosystemSilo.Senders;
using EcosystemSilo.Silo;
using EcosystemSilo.Silo.Fetching;
using EcosystemSilo.Silo.Hosting;
using EcosystemSilo.Silo.Operations;
using EcosystemSilo.Silo.Outbound;
using EcosystemSilo.Silo.Sessions;
using EcosystemSilo.Silo.Telemetry;

return await ProcessRun.Run(() => Compose(args));

static WebApplication Compose(string[] args)
{
    var isDemo = DemoSetup.IsAskedFor(args);
    var builder = WebApplication.CreateBuilder(args);
    builder.AddEdge();
    builder.AddCredentials();
    builder.AddRateLimits();
    builder.AddProcessRun("http://localhost:5080");
    builder.AddTelemetry();
    builder.Services.AddSenders(builder.Configuration);
    builder.AddApiDocument();
    builder.Services.AddEcosystems();
    builder.Services.AddSilo(builder.Configuration, isDemo: isDemo);
    builder.AddHealth();
    builder.Services.AddSessionKeys();
    builder.Services.AddOutbound();
    builder.Services.AddDeals();
    builder.Services.AddCustomerPrograms();
    builder.Services.AddTemplates();
    builder.Services.AddSources();
    builder.Services.AddEndpoints();
    builder.AddWebhooks();
    builder.Services.AddDeadLetters();
    builder.Services.AddStreams();
    builder.Services.AddFetchReader();
    builder.Services.AddTimelines();
    builder.Services.AddBoard();
    builder.AddFirstRun();
    if (isDemo)
    {
        builder.Services.AddDemoTraffic();
    }

    var app = builder.Build();
    app.UseEdge();
    app.UseWebhooks();
    app.UsePortal();
    app.UseAuthentication();
    app.UseRateLimiter();
    app.UseAuthorization();

    app.MapHealth();
    app.MapMetrics();
    app.MapApiDocument();
    app.MapReferencePage();
    app.MapSession();
    app.MapDevelopment();
    app.MapEcosystems();
    app.MapOperations();
    app.MapDashboard()?.Guard();
    var api = app.MapEcosystem();
    api.MapPartners();
    api.MapDeals();
    api.MapCustomerPrograms();
    api.MapEnrolments();
    api.MapTemplates();
    api.MapPeople();
    api.MapStreams();
    api.MapHistory();
    api.MapSources();
    api.MapEndpoints();
    api.MapEvents();
    api.MapDeadLetters();
    api.MapBlueprint();
    api.MapPartnerLists();
    api.MapDealLists();
    api.MapCustomerProgramLists();
    api.MapOutcomes();
    api.MapBoard();
    api.MapApiKeys();
    api.MapPauses();
    api.MapGrains();
    app.MapBoardHub();
    app.MapWebhooks();

    return app;
}
