using System.Net.Sockets;
using EcosystemSilo.Senders.Outbound;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Outbound;

public sealed class UnwrappedFaultsTests
{
    [Fact]
    public async Task AConnectionThatEndsAsItBegins_IsOneThatFailed()
    {
        using var http = new HttpMessageInvoker(new UnwrappedFaults(new Gone()));
        using var request = new HttpRequestMessage(HttpMethod.Post, "https://receiver.example/");

        var fault = await Should.ThrowAsync<HttpRequestException>(() =>
            http.SendAsync(request, TestContext.Current.CancellationToken)
        );

        fault.HttpRequestError.ShouldBe(HttpRequestError.ConnectionError);
        fault.InnerException.ShouldBeOfType<SocketException>();
    }

    private sealed class Gone : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        ) => throw new SocketException((int)SocketError.NotConnected);
    }
}
