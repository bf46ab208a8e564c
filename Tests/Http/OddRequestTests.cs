using System.Net.Sockets;
using System.Text;
using EcosystemSilo.Senders.Schemes;
using EcosystemSilo.Tests.Support;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Http;

/// <summary>Requests that no client of good will sends.</summary>
public sealed class OddRequestTests(RunningGateway gateway) : IClassFixture<RunningGateway>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/api/session", "FFFFFFFFFFFFFFFF")]
    [InlineData("/api/session", "7FFFFFFFFFFFFFFF")]
    [InlineData("/api/session", "80000000")]
    [InlineData("/hooks/acme/any", "FFFFFFFFFFFFFFFF")]
    public async Task AChunkBeyondAllSizes_IsTheSendersFault(string path, string size)
    {
        using var client = gateway.Client();
        if (path.StartsWith("/hooks", StringComparison.Ordinal))
        {
            path = new Uri((await gateway.CreateSource("health-connect")).Url).AbsolutePath;
        }

        var answer = await Raw(
            client.BaseAddress!,
            $"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nX-Requested-With: portal\r\n"
                + $"Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n{size}\r\n{{}}\r\n"
        );

        answer.ShouldStartWith("HTTP/1.1 4");
    }

    [Theory]
    [InlineData("/api/acme/partners")]
    [InlineData("/API/acme/partners")]
    [InlineData("/Api/session")]
    public async Task AnAnswerOfTheApi_IsNotStored_HoweverItsAddressIsSpelt(string path)
    {
        using var client = gateway.Client();
        using var answer = await client.GetAsync(path, Cancellation);

        answer.EnsureSuccessStatusCode();
        answer.Headers.CacheControl.ShouldNotBeNull().NoStore.ShouldBeTrue();
    }

    [Fact]
    public async Task ASignatureOverAnotherHost_IsNone_WhateverTheRequestSaysOfItsHost()
    {
        using var client = gateway.Client();
        var sender = await gateway.CreateSource("hubspot-v3");
        var path = new Uri(sender.Url).AbsolutePath;
        var (bytes, url) = ("[]"u8.ToArray(), $"http://evil.example{path}");
        var headers = sender.Scheme.Sign(
            new OutboundDelivery("POST", url, bytes, "e-1", TimeProvider.System.GetUtcNow()),
            sender.Scheme.ReadSecret(sender.Secret)!
        );
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(bytes) };
        request.Headers.Host = "evil.example";
        foreach (var (name, value) in headers)
        {
            _ =
                request.Headers.TryAddWithoutValidation(name, value)
                || request.Content.Headers.TryAddWithoutValidation(name, value);
        }

        using var answer = await client.SendAsync(request, Cancellation);

        ((int)answer.StatusCode).ShouldBe(401);
    }

    private static async Task<string> Raw(Uri address, string request)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(address.Host, address.Port, Cancellation);
        await socket.SendAsync(Encoding.ASCII.GetBytes(request), Cancellation);
        await using var stream = new NetworkStream(socket);
        using var reader = new StreamReader(stream);
        return await reader.ReadLineAsync(Cancellation) ?? "";
    }
}
