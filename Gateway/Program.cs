using EcosystemSilo.Gateway.ApiKeys;
using EcosystemSilo.Gateway.Auth;
using EcosystemSilo.Gateway.Ecosystems;
using EcosystemSilo.Gateway.Http;
using EcosystemSilo.Gateway.Partners;
using EcosystemSilo.Silo;

var builder = WebApplication.CreateBuilder(args);
builder.AddEdge();
builder.AddCredentials();
builder.Services.AddEcosystems();
builder.Services.AddSilo(builder.Configuration);

var app = builder.Build();
app.UseEdge();
app.UseAuthentication();
app.UseAuthorization();

app.MapSession();
app.MapDevelopment();
app.MapEcosystems();
var api = app.MapEcosystem();
api.MapPartners();
api.MapApiKeys();

await app.RunAsync();
