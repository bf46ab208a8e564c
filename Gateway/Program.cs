using EcosystemSilo.Gateway.ApiKeys;
using EcosystemSilo.Gateway.Auth;
using EcosystemSilo.Gateway.Blueprints;
using EcosystemSilo.Gateway.DeadLetters;
using EcosystemSilo.Gateway.Deals;
using EcosystemSilo.Gateway.Ecosystems;
using EcosystemSilo.Gateway.Hosting;
using EcosystemSilo.Gateway.Http;
using EcosystemSilo.Gateway.Partners;
using EcosystemSilo.Gateway.Sources;
using EcosystemSilo.Gateway.Webhooks;
using EcosystemSilo.Silo;

var builder = WebApplication.CreateBuilder(args);
builder.AddEdge();
builder.AddCredentials();
builder.Services.AddSingleton<DataFolder>();
builder.Services.AddEcosystems();
builder.Services.AddSilo(builder.Configuration);
builder.Services.AddDeals();
builder.Services.AddSources();
builder.Services.AddWebhooks();
builder.Services.AddDeadLetters();

var app = builder.Build();
app.UseEdge();
app.UseAuthentication();
app.UseAuthorization();

app.MapSession();
app.MapDevelopment();
app.MapEcosystems();
var api = app.MapEcosystem();
api.MapPartners();
api.MapDeals();
api.MapSources();
api.MapDeadLetters();
api.MapBlueprint();
api.MapApiKeys();
app.MapWebhooks();

await app.RunAsync();
