using EcosystemSilo.Gateway.ApiKeys;
using EcosystemSilo.Gateway.Auth;
using EcosystemSilo.Gateway.Blueprints;
using EcosystemSilo.Gateway.Board;
using EcosystemSilo.Gateway.DeadLetters;
using EcosystemSilo.Gateway.Deals;
using EcosystemSilo.Gateway.Demo;
using EcosystemSilo.Gateway.Docs;
using EcosystemSilo.Gateway.Ecosystems;
using EcosystemSilo.Gateway.FirstRun;
using EcosystemSilo.Gateway.Health;
using EcosystemSilo.Gateway.Http;
using EcosystemSilo.Gateway.Pages;
using EcosystemSilo.Gateway.Partners;
using EcosystemSilo.Gateway.People;
using EcosystemSilo.Gateway.RateLimits;
using EcosystemSilo.Gateway.Sources;
using EcosystemSilo.Gateway.Telemetry;
using EcosystemSilo.Gateway.Timelines;
using EcosystemSilo.Gateway.Webhooks;
using EcosystemSilo.Silo;

var isDemo = DemoSetup.IsAskedFor(args);
var builder = WebApplication.CreateBuilder(args);
builder.AddEdge();
builder.AddCredentials();
builder.AddRateLimits();
builder.AddHealth();
builder.AddTelemetry();
builder.AddApiDocument();
builder.Services.AddEcosystems();
builder.Services.AddSilo(builder.Configuration, isDemo);
builder.Services.AddDeals();
builder.Services.AddSources();
builder.Services.AddWebhooks();
builder.Services.AddDeadLetters();
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
app.MapApiDocument();
app.MapReferencePage();
app.MapSession();
app.MapDevelopment();
app.MapEcosystems();
var api = app.MapEcosystem();
api.MapPartners();
api.MapDeals();
api.MapPeople();
api.MapSources();
api.MapDeadLetters();
api.MapBlueprint();
api.MapPartnerLists();
api.MapDealLists();
api.MapBoard();
api.MapApiKeys();
app.MapBoardHub();
app.MapWebhooks();

await app.RunAsync();
