using EcosystemSilo.Gateway.Auth;
using EcosystemSilo.Gateway.Ecosystems;
using EcosystemSilo.Gateway.Http;
using EcosystemSilo.Gateway.Partners;

var builder = WebApplication.CreateBuilder(args);
builder.AddEdge();
builder.AddCredentials();
builder.Services.AddSingleton<IEcosystems, ConfiguredEcosystems>();

var app = builder.Build();
app.UseEdge();
app.UseAuthentication();
app.UseAuthorization();

var api = app.MapEcosystem();
api.MapPartners();

await app.RunAsync();
