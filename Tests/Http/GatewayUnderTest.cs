using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using EcosystemSilo.Gateway.Auth;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.ApiKeys;
using EcosystemSilo.Grains.Interfaces.Notifications;
using EcosystemSilo.Senders.Secrets;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Http;

/// <summary>The gateway with a stand-in behind the waist: what is under test is the edge alone.</summary>
public sealed class GatewayUnderTest : WebApplicationFactory<Program>
{
    public const string BootstrapKeyText = "bootstrap-key-for-tests-0123456789abcdef";

    private readonly Dictionary<string, string?> _settings = new()
    {
        ["Auth:BootstrapKey"] = BootstrapKeyText,
        ["Data:Folder"] = Directory.CreateTempSubdirectory("gateway").FullName,
    };

    private string _environment = "Production";

    internal InMemoryGrains Grains { get; } = new();

    /// <summary>A setting other than the default, before the first request.</summary>
    public GatewayUnderTest With(string setting, string? value)
    {
        _settings[setting] = value;
        return this;
    }

    /// <summary>Another environment than Production, before the first request.</summary>
    public GatewayUnderTest In(string environment)
    {
        _environment = environment;
        return this;
    }

    /// <summary>A client that sends this key; none when null.</summary>
    public HttpClient As(string? apiKey)
    {
        var client = CreateClient();
        if (apiKey is not null)
        {
            client.DefaultRequestHeaders.Add(ApiKeyAuthentication.Header, apiKey);
        }

        return client;
    }

    public HttpClient AsBootstrap() => As(BootstrapKeyText);

    /// <summary>Issues a key past REST and returns its text.</summary>
    public async Task<string> Key(
        Role role,
        string ecosystem = "acme",
        string? partner = null,
        DateTimeOffset? expiresAt = null
    )
    {
        var id = new ApiKeyId($"k-{Base32.Random(10)}");
        var text = ApiKeyText.Create(new EcosystemId(ecosystem), id);
        PartnerId? only = partner is null ? null : new PartnerId(partner);
        await Grains.Ask(
            ApiKeyKey.Of(text.Ecosystem, id),
            new IssueApiKey($"{role} key", role, only, text.Hash, text.Prefix, expiresAt),
            new Ask("test", id.Value, "test", "test"),
            TestContext.Current.CancellationToken
        );
        return $"{text.Prefix}_{text.Secret}";
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment(_environment);
        foreach (var (setting, value) in _settings)
        {
            builder.UseSetting(setting, value);
        }

        builder.ConfigureTestServices(services =>
        {
            // There is no journal to keep the keys of sessions in, nor which of them were ended.
            services.AddDataProtection().UseEphemeralDataProtectionProvider();
            services.AddSingleton<IEndedSessions, RememberedSessions>();
            // The silo's own workers have nothing to do here.
            services.RemoveAll<IHostedService>();
            services.RemoveAll<IGrains>();
            services.AddSingleton<IGrains>(Grains);
            services.AddSingleton<IKnownViews>(Grains);
            services.RemoveAll<IEventFeed>();
            services.AddSingleton<IEventFeed, NoEvents>();
        });
    }
}

/// <summary>The journal that events are read from is not opened here.</summary>
internal sealed class NoEvents : IEventFeed
{
    public Task<FeedPage> Read(
        EcosystemId ecosystem,
        FeedQuery query,
        long after,
        int max,
        CancellationToken cancellation
    ) => Task.FromResult(new FeedPage([], after, IsEnd: true));
}

internal sealed class RememberedSessions : IEndedSessions
{
    private readonly ConcurrentDictionary<string, bool> _ended = new(StringComparer.Ordinal);

    public Task End(string session, CancellationToken cancellation)
    {
        _ended[session] = true;
        return Task.CompletedTask;
    }

    public Task<bool> HasEnded(string session, CancellationToken cancellation) =>
        Task.FromResult(_ended.ContainsKey(session));
}

internal static class HttpTesting
{
    public static StringContent Json(string json) => new(json, Encoding.UTF8, "application/json");

    public static async Task<JsonElement> Body(this HttpResponseMessage response)
    {
        var body = await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        return body;
    }

    public static async Task<HttpResponseMessage> Post(
        this HttpClient client,
        string path,
        string? json = null,
        params (string Name, string Value)[] headers
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = json is null ? null : Json(json),
        };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>Asserts a problem with this status and code, and returns its body.</summary>
    public static async Task<JsonElement> ShouldBeProblem(this HttpResponseMessage response, int status, string code)
    {
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        ((int)response.StatusCode).ShouldBe(status, text);
        response.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
        var problem = JsonElement.Parse(text);
        problem.GetProperty("code").GetString().ShouldBe(code, text);
        problem.GetProperty("status").GetInt32().ShouldBe(status);
        problem
            .GetProperty("correlation")
            .GetString()
            .ShouldBe(response.Headers.GetValues("X-Correlation-Id").Single());
        return problem;
    }
}
