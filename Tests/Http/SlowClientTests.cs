using System.Net.Sockets;
using System.Text;
using EcosystemSilo.Gateway;
using EcosystemSilo.Tests.Support;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Http;

/// <summary>Clients that dribble to hold connections are cut off; others are answered meanwhile.</summary>
public sealed class SlowClientTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Dribble = TimeSpan.FromMilliseconds(500);

    [Fact]
    public async Task ClientsThatDribble_AreCutOff_AndOthersAreAnswered()
    {
        await using var gateway = new RunningGateway();
        using var client = gateway.Client();
        var address = client.BaseAddress!;

        var headers = DribbleUntilCut(address, "GET /api/ecosystems HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");
        var body = DribbleUntilCut(
            address,
            "POST /api/acme/partners HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + $"X-Api-Key: {RunningGateway.BootstrapKey}\r\nContent-Length: 100000\r\n\r\n"
        );
        (await client.GetAsync("/api/ecosystems")).EnsureSuccessStatusCode();

        (await headers).ShouldBeGreaterThan(TimeSpan.FromSeconds(1));
        (await body).ShouldBeGreaterThan(TimeSpan.FromSeconds(1));
        (await client.GetAsync("/api/ecosystems")).EnsureSuccessStatusCode();
    }

    [Fact]
    public async Task ConnectionsOnWhichNothingIsAsked_HaveAnEnd()
    {
        await using var gateway = new RunningGateway();
        using var client = gateway.Client();

        var limits = gateway.Services.GetRequiredService<IOptions<KestrelServerOptions>>().Value.Limits;

        limits.KeepAliveTimeout.ShouldBe(GatewayLimits.KeepAliveTimeout);
        limits.RequestHeadersTimeout.ShouldBe(GatewayLimits.HeadersTimeout);
        limits.MinRequestBodyDataRate!.GracePeriod.ShouldBe(GatewayLimits.BodyRateGrace);
    }

    /// <summary>Sends the start of a request at once and then a byte now and then; returns when that was cut.</summary>
    private static async Task<TimeSpan> DribbleUntilCut(Uri address, string start)
    {
        var since = TimeProvider.System.GetTimestamp();
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(address.Host, address.Port);
        await socket.SendAsync(Encoding.ASCII.GetBytes(start));
        var cut = ReadToEnd(socket);
        while (await Task.WhenAny(cut, Task.Delay(Dribble, TimeProvider.System)) != cut)
        {
            var held = TimeProvider.System.GetElapsedTime(since);
            held.ShouldBeLessThan(Patience, "the connection was not cut off");
            try
            {
                await socket.SendAsync("a"u8.ToArray());
            }
            catch (SocketException)
            {
                break;
            }
        }

        return TimeProvider.System.GetElapsedTime(since);
    }

    private static async Task ReadToEnd(Socket socket)
    {
        var buffer = new byte[4096];
        try
        {
            while (await socket.ReceiveAsync(buffer) > 0) { }
        }
        catch (SocketException)
        {
            // Cut without a farewell.
        }
    }
}
