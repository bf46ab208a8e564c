using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using EcosystemSilo.LoadTests.Processes;
using EcosystemSilo.Silo.Membership;
using EcosystemSilo.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Membership;

/// <summary>Whoever reaches the ports of a cluster without being of it.</summary>
public sealed class StrangerTests(PostgresServer postgres)
{
    private const int TurnedAway = 2063;
    private const int NoSiloOfOurs = 2064;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task AStranger_GetsNothing_IsToldOfInOneLine_AndDisturbsNobody()
    {
        await using var cluster = await ClusterHosts.Create(postgres);
        var place = ClusterHosts.Place(ClusterRole.Silo);
        await cluster.StartSilo(place);
        var authority = new ClusterAuthority(new OpenSafe("ours"), place.Id);
        var others = new ClusterAuthority(new OpenSafe("theirs"), place.Id);
        var now = TimeProvider.System.GetUtcNow();

        foreach (var port in new[] { place.SiloPort, place.GatewayPort })
        {
            (await Answer(port, Talk.Plain)).ShouldBeEmpty("a connection without TLS");
            (await Answer(port, Talk.Tls, certificate: null)).ShouldBeEmpty("one without a certificate");
            using var selfSigned = SelfSigned.Certificate(place.Id, now);
            (await Answer(port, Talk.Tls, selfSigned)).ShouldBeEmpty("a certificate of its own making");
            using var foreign = others.Issue(now, ClusterAuthority.OfServers, ClusterAuthority.OfClients);
            (await Answer(port, Talk.Tls, foreign)).ShouldBeEmpty("a certificate under another master key");
            using var wrongUsage = authority.Issue(now, ClusterAuthority.OfServers);
            (await Answer(port, Talk.Tls, wrongUsage)).ShouldBeEmpty("a certificate for something else");
            using var ours = authority.Issue(now, ClusterAuthority.OfClients);
            (await Answer(port, Talk.OldTls, ours)).ShouldBeEmpty("TLS 1.1");
        }
        using var one = authority.Issue(now, ClusterAuthority.OfClients);
        // Silos greet each other; a gateway speaks first.
        (await Answer(place.SiloPort, Talk.Tls, one)).ShouldNotBeEmpty("one of the cluster is greeted");

        cluster.Log.Count(TurnedAway).ShouldBe(1);
        cluster.Log.Written.ShouldNotContain(line => line.Fault is AuthenticationException);
        await Connected(await cluster.StartClient());
    }

    [Fact]
    public async Task AClientWithAnotherMasterKey_AndAPlainOne_DoNotConnect_AndOthersDo()
    {
        await using var cluster = await ClusterHosts.Create(postgres);
        await cluster.StartSilo();

        var other = await cluster.StartClient(masterKey: "theirs");
        await Awaited.Until(() => Task.FromResult(cluster.Log.Count(NoSiloOfOurs) == 1), "the client's line about it");
        await Awaited.Until(() => Task.FromResult(cluster.Log.Count(TurnedAway) == 1), "the silo's line about it");
        var plain = await cluster.StartClient(isPlain: true);
        await Connected(await cluster.StartClient());

        IsConnected(other).ShouldBeFalse();
        IsConnected(plain).ShouldBeFalse();
        cluster.Log.Count(TurnedAway).ShouldBe(1);
    }

    [Fact]
    public async Task AClientDoesNotBelieveASiloThatTalksInTheClear()
    {
        await using var cluster = await ClusterHosts.Create(postgres);
        var plain = ClusterHosts.Place(ClusterRole.Silo);
        plain.AllowPlain = true;
        await cluster.StartSilo(plain);

        var client = await cluster.StartClient();
        await Awaited.Until(() => Task.FromResult(cluster.Log.Count(NoSiloOfOurs) == 1), "the client's line about it");
        await Connected(await cluster.StartClient(isPlain: true));

        IsConnected(client).ShouldBeFalse();
    }

    private static bool IsConnected(IHost client) => client.Services.GetRequiredService<IClusterLink>().IsConnected;

    private static Task Connected(IHost client) =>
        Awaited.Until(() => Task.FromResult(IsConnected(client)), "the client's connection to a silo");

    private enum Talk
    {
        Plain,
        Tls,
        OldTls,
    }

    /// <summary>What a port says to a connection.</summary>
    private static async Task<byte[]> Answer(int port, Talk talk, X509Certificate2? certificate = null)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, port, patience.Token);
        Stream stream = socket.GetStream();
        try
        {
            if (talk is not Talk.Plain)
            {
                var tls = new SslStream(stream, leaveInnerStreamOpen: false, (_, _, _, _) => true);
                stream = tls;
                await tls.AuthenticateAsClientAsync(Handshake(talk, certificate), patience.Token);
            }
            else
            {
                await stream.WriteAsync("GET / HTTP/1.1\r\n\r\n"u8.ToArray(), patience.Token);
            }
            var answer = new byte[16];
            var length = await stream.ReadAsync(answer, patience.Token);
            return answer[..length];
        }
        catch (Exception refused) when (refused is IOException or AuthenticationException)
        {
            return [];
        }
        finally
        {
            await stream.DisposeAsync();
        }
    }

    private static SslClientAuthenticationOptions Handshake(Talk talk, X509Certificate2? certificate) =>
        new()
        {
            TargetHost = "silo",
            ClientCertificates = certificate is null ? null : [certificate],
            LocalCertificateSelectionCallback = (_, _, _, _, _) => certificate!,
#pragma warning disable SYSLIB0039 // That it is refused is what is tested.
            EnabledSslProtocols = talk is Talk.OldTls ? SslProtocols.Tls11 : SslProtocols.None,
#pragma warning restore SYSLIB0039
        };
}
