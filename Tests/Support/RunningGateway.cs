using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.LoadTests.Processes;
using EcosystemSilo.Senders.Schemes;
using EcosystemSilo.Silo.Membership;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Support;

/// <summary>
/// The whole product in the test's process: a real socket, a journal file of its own, both programs published.
/// </summary>
public sealed class RunningGateway : WebApplicationFactory<Program>
{
    public const string BootstrapKey = "bootstrap-key-for-tests-0123456789abcdef";

    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, string?> _settings = new(StringComparer.Ordinal);
    private readonly List<Action<IServiceCollection>> _changes = [];

    public RunningGateway()
    {
        _settings["Auth:BootstrapKey"] = BootstrapKey;
        _settings["Data:Folder"] = _folder.Path;
        _settings["Journal:ConnectionString"] = $"Data Source={System.IO.Path.Combine(_folder.Path, "journal.db")}";
        UseKestrel(0);
    }

    public IGrains Grains => Services.GetRequiredService<IGrains>();

    /// <summary>A setting other than the default, before the first use.</summary>
    public RunningGateway With(string setting, string value)
    {
        _settings[setting] = value;
        return this;
    }

    /// <summary>Other services than the product's own, before the first use.</summary>
    public RunningGateway With(Action<IServiceCollection> change)
    {
        _changes.Add(change);
        return this;
    }

    /// <summary>A client that sends the key, by default the one that may do everything.</summary>
    public HttpClient Client(string? apiKey = BootstrapKey)
    {
        StartServer();
        var client = CreateClient();
        if (apiKey is not null)
        {
            client.DefaultRequestHeaders.Add("X-Api-Key", apiKey);
        }

        return client;
    }

    /// <summary>Creates a source over REST and returns what a sender needs to deliver to it.</summary>
    public async Task<WebhookSender> CreateSource(string scheme, object? mapping = null)
    {
        using var client = Client();
        var created = await client.PostAsJsonAsync(
            "/api/acme/sources",
            new
            {
                name = $"A {scheme} sender",
                scheme,
                mapping = mapping ?? new { },
            },
            TestContext.Current.CancellationToken
        );
        var text = await created.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        ((int)created.StatusCode).ShouldBe(201, text);
        var source = JsonElement.Parse(text);
        return new WebhookSender(
            WebhookSchemes.Find(scheme).ShouldNotBeNull(),
            source.GetProperty("id").GetString()!,
            source.GetProperty("url").GetString()!,
            source.GetProperty("secret").GetString()!
        );
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Production");
        foreach (var (setting, value) in _settings)
        {
            builder.UseSetting(setting, value);
        }

        builder.ConfigureTestServices(services =>
            services.AddSingleton(
                new EndProcess(code => throw new InvalidOperationException($"The process ended with {code}."))
            )
        );
        _changes.ForEach(change => builder.ConfigureTestServices(change));
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }
}

/// <summary>Signs and posts deliveries as a sender of the source's scheme would.</summary>
public sealed record WebhookSender(IWebhookScheme Scheme, string Source, string Url, string Secret)
{
    public async Task<HttpResponseMessage> Send(
        HttpClient client,
        string body,
        string id,
        Func<byte[], byte[]>? afterSigning = null
    )
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        var secret = Scheme.ReadSecret(Secret).ShouldNotBeNull();
        var headers = Scheme.Sign(
            new OutboundDelivery("POST", Url, bytes, id, TimeProvider.System.GetUtcNow()),
            secret
        );
        using var request = new HttpRequestMessage(HttpMethod.Post, Url)
        {
            Content = new ByteArrayContent(afterSigning?.Invoke(bytes) ?? bytes),
        };
        foreach (var (name, value) in headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
