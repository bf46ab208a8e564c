using System.Net.Http.Json;
using EcosystemSilo.Tests.Support;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Http;

/// <summary>What is large and shows no secret is compressed for whoever takes it; nothing else ever is.</summary>
public sealed class CompressionTests : IAsyncLifetime
{
    private readonly RunningGateway _gateway = new();
    private HttpClient _client = null!;

    public ValueTask InitializeAsync()
    {
        _client = _gateway.Client();
        _client.DefaultRequestHeaders.Add("Accept-Encoding", "br, gzip");
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _gateway.DisposeAsync();
    }

    [Theory]
    [InlineData("/api/acme/board")]
    [InlineData("/api/acme/partners")]
    [InlineData("/api/acme/deals")]
    public async Task ABoardOrList_IsCompressed(string address)
    {
        using var answer = await _client.GetAsync(address, TestContext.Current.CancellationToken);

        answer.Content.Headers.ContentEncoding.ShouldBe(["br"]);
        answer.Headers.Vary.ShouldContain("Accept-Encoding");
    }

    [Fact]
    public async Task AnAnswerWithASecret_IsNot()
    {
        using var key = await _client.PostAsJsonAsync(
            "/api/acme/keys",
            new { name = "A key", role = "viewer" },
            TestContext.Current.CancellationToken
        );
        using var source = await _client.PostAsJsonAsync(
            "/api/acme/sources",
            new { name = "A source", scheme = "standard-webhooks" },
            TestContext.Current.CancellationToken
        );

        foreach (var answer in new[] { key, source })
        {
            ((int)answer.StatusCode).ShouldBe(201);
            answer.Content.Headers.ContentEncoding.ShouldBeEmpty();
        }
    }
}
