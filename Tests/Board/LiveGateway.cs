using System.Net;
using EcosystemSilo.Gateway.Auth;
using EcosystemSilo.Gateway.Board;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.ApiKeys;
using EcosystemSilo.Grains.Interfaces.Board;
using EcosystemSilo.Grains.Interfaces.Lists;
using EcosystemSilo.Grains.Interfaces.Partners;
using EcosystemSilo.Journal;
using EcosystemSilo.LoadTests.Processes;
using EcosystemSilo.Senders.Secrets;
using EcosystemSilo.Silo.Membership;
using EcosystemSilo.Tests.Support;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Board;

/// <summary>The whole service on a port of its own, with SQLite in a temporary folder.</summary>
public sealed class LiveGateway : WebApplicationFactory<Program>
{
    public const string BootstrapKeyText = "bootstrap-key-for-tests-0123456789abcdef";

    private static readonly EcosystemId Acme = new("acme");

    private readonly TemporaryFolder folder = new();
    private int asked;

    public LiveGateway() => UseKestrel(0);

    internal IBoard Board => Services.GetRequiredService<IBoard>();

    /// <summary>A client of the REST routes that sends this key.</summary>
    public HttpClient As(string key)
    {
        var client = CreateClient();
        client.DefaultRequestHeaders.Add(ApiKeyAuthentication.Header, key);
        return client;
    }

    /// <summary>Asks a grain, and waits until lists and boards show it.</summary>
    public async Task Do(GrainKey key, ICommand command)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var id = $"do-{Interlocked.Increment(ref asked)}";
        var reply = await Services
            .GetRequiredService<IGrains>()
            .Ask(key, command, new Ask("test", id, "test", id), cancellation);
        reply.ShouldBeOfType<Accepted>();
        var end = await Services.GetRequiredService<IJournal>().LastPosition(cancellation);
        await Services
            .GetRequiredService<IReadModels>()
            .WaitFor(end, cancellation)
            .WaitAsync(TimeSpan.FromSeconds(10), cancellation);
    }

    public Task Register(string partner, string category = "medical-device") =>
        Do(PartnerKey.Of(Acme, new PartnerId(partner)), new RegisterPartner($"Partner {partner}", new(category)));

    /// <summary>Issues a key past REST and returns its text.</summary>
    public async Task<ApiKeyText> Key(Role role, string? partner = null, DateTimeOffset? expiresAt = null)
    {
        var text = ApiKeyText.Create(Acme, new ApiKeyId($"k{Base32.Random(8)}"));
        PartnerId? only = partner is null ? null : new PartnerId(partner);
        await Do(
            ApiKeyKey.Of(Acme, text.Id),
            new IssueApiKey($"{role}", role, only, text.Hash, text.Prefix, expiresAt)
        );
        return text;
    }

    public static string TextOf(ApiKeyText key) => $"{key.Prefix}_{key.Secret}";

    /// <summary>A hub connection that is not started yet.</summary>
    public HubConnection Hub(string key) => Hub((ApiKeyAuthentication.Header, key));

    /// <summary>The same with other credentials, or from a page of some origin.</summary>
    public HubConnection Hub(params (string Name, string Value)[] headers)
    {
        StartServer();
        var address = new Uri(
            ClientOptions.BaseAddress.ToString().Replace("http", "ws") + BoardHub.Path.TrimStart('/')
        );
        var builder = new HubConnectionBuilder();
        builder.Services.AddSingleton<EndPoint>(new UriEndPoint(address));
        builder.Services.AddSingleton<IConnectionFactory>(
            new WebSocketConnections(
                address,
                options =>
                {
                    foreach (var (name, value) in headers)
                    {
                        options.SetRequestHeader(name, value);
                    }
                }
            )
        );
        return builder.Build();
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Production");
        builder.UseSetting("Logging:LogLevel:Default", "Warning");
        builder.UseSetting("Auth:BootstrapKey", BootstrapKeyText);
        builder.UseSetting("Data:Folder", folder.Path);
        builder.UseSetting("Journal:ConnectionString", $"Data Source={folder.File("journal.db")}");
        builder.ConfigureTestServices(services =>
            services.AddSingleton(
                new EndProcess(code => throw new InvalidOperationException($"The process ended with {code}."))
            )
        );
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            folder.Dispose();
        }
    }
}
