using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using EcosystemSilo.Grains.Interfaces;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Connections.Security;

namespace EcosystemSilo.Silo.Membership;

/// <summary>
/// What two processes of a cluster go through before they hear each other: both prove, by TLS, that they have a
/// certificate of the cluster's authority. Whoever does not is let go, and told of in the log.
/// </summary>
internal sealed class ClusterTls
{
    private const SslProtocols Protocols = SslProtocols.Tls12 | SslProtocols.Tls13;

    private readonly ClusterOptions options;
    private readonly ILogger<ClusterTls> logger;
    private readonly ClusterAuthority authority;
    private readonly OwnCertificate own;
    private readonly Handshakes underWay = new();
    private readonly RareLines strangers = new(TimeProvider.System);
    private readonly RareLines impostors = new(TimeProvider.System);

    public ClusterTls(ClusterOptions options, IKeySafe safe, ILogger<ClusterTls> logger)
    {
        (this.options, this.logger) = (options, logger);
        authority = new ClusterAuthority(safe, options.Id);
        own = new OwnCertificate(authority, options.Role, TimeProvider.System);
    }

    public static void Register(IServiceCollection services, ClusterOptions options)
    {
        if (options.AllowPlain)
        {
            return;
        }
        // Orleans tells of each stranger, with a stack; ours tells of all of them in a line a minute.
        services.AddLogging(logging => logging.AddFilter("Orleans.Connections.Security", LogLevel.Critical));
        services.TryAddSingleton(provider => ActivatorUtilities.CreateInstance<ClusterTls>(provider, options));
        services
            .AddOptions<SiloConnectionOptions>()
            .Configure<ClusterTls>(
                (connections, tls) =>
                {
                    connections.ConfigureSiloInboundConnection(tls.Accept);
                    connections.ConfigureGatewayInboundConnection(tls.Accept);
                    connections.ConfigureSiloOutboundConnection(tls.Dial);
                }
            );
        services
            .AddOptions<ClientConnectionOptions>()
            .Configure<ClusterTls>((connections, tls) => connections.ConfigureConnection(tls.Dial));
    }

    /// <summary>Has both ends of a connection that this process made prove themselves.</summary>
    /// <exception cref="AuthenticationException">The other end is none of this cluster's silos.</exception>
    public async Task Prove(Stream connection, CancellationToken cancellation)
    {
        await using var stream = new SslStream(connection, leaveInnerStreamOpen: true);
        var handshake = new SslClientAuthenticationOptions
        {
            EnabledSslProtocols = Protocols,
            LocalCertificateSelectionCallback = (_, _, _, _, _) => own.Current(),
            RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
                certificate is X509Certificate2 other && IsOfCluster(other, chain, errors, ClusterAuthority.OfServers),
        };
        Harden(handshake);
        await stream.AuthenticateAsClientAsync(handshake, cancellation);
    }

    private void Accept(IConnectionBuilder connections)
    {
        var tls = Options(whatTheOtherIs: ClusterAuthority.OfClients);
        tls.LocalServerCertificateSelector = (_, _) => own.Current();
        tls.OnAuthenticateAsServer = (_, handshake) =>
            Harden((SslServerAuthenticationOptions)handshake.SslServerAuthenticationOptions);
        connections.Use(next => context => Receive(next, context));
        connections.UseServerTls(tls);
        connections.Use(Passed);
    }

    private void Dial(IConnectionBuilder connections)
    {
        var tls = Options(whatTheOtherIs: ClusterAuthority.OfServers);
        tls.LocalClientCertificateSelector = (_, _, _, _, _) => own.Current();
        tls.OnAuthenticateAsClient = (_, handshake) =>
            Harden((SslClientAuthenticationOptions)handshake.SslClientAuthenticationOptions);
        connections.Use(next => context => Reach(next, context));
        connections.UseClientTls(tls);
        connections.Use(Passed);
    }

    private TlsOptions Options(string whatTheOtherIs) =>
        new()
        {
            SslProtocols = Protocols,
            HandshakeTimeout = MembershipLimits.HandshakeMax,
            RemoteCertificateMode = RemoteCertificateMode.RequireCertificate,
            RemoteCertificateValidation = (certificate, chain, errors) =>
                IsOfCluster(certificate, chain, errors, whatTheOtherIs),
        };

    private bool IsOfCluster(X509Certificate2 other, X509Chain? chain, SslPolicyErrors errors, string usage) =>
        // Addresses come and go and are in no certificate; the cluster's name is.
        (errors & ~SslPolicyErrors.RemoteCertificateNameMismatch) == SslPolicyErrors.None
        && chain is not null
        && authority.IsOfCluster(other, chain, usage);

    private void Harden(SslServerAuthenticationOptions handshake)
    {
        handshake.CertificateChainPolicy = authority.PolicyFor(ClusterAuthority.OfClients, Now);
        // Each connection proves itself anew.
        handshake.AllowTlsResume = false;
        handshake.AllowRenegotiation = false;
    }

    private void Harden(SslClientAuthenticationOptions handshake)
    {
        handshake.CertificateChainPolicy = authority.PolicyFor(ClusterAuthority.OfServers, Now);
        handshake.AllowTlsResume = false;
        handshake.AllowRenegotiation = false;
    }

    private async Task Receive(ConnectionDelegate next, ConnectionContext context)
    {
        var from = Address(context.RemoteEndPoint);
        var handshake = underWay.Begin(from);
        if (handshake is null)
        {
            TellOfStranger(from);
            context.Abort();
            return;
        }
        context.Features.Set(handshake);
        try
        {
            await next(context);
        }
        finally
        {
            if (handshake.End())
            {
                TellOfStranger(from);
            }
        }
    }

    private async Task Reach(ConnectionDelegate next, ConnectionContext context)
    {
        var handshake = Handshakes.Outgoing();
        context.Features.Set(handshake);
        try
        {
            await next(context);
        }
        finally
        {
            if (handshake.End() && impostors.Next() is { } count)
            {
                MembershipLog.NoSiloOfOurs(logger, $"{context.RemoteEndPoint}", options.Id, count);
            }
        }
    }

    /// <summary>Comes after TLS: the other end is of this cluster.</summary>
    private static ConnectionDelegate Passed(ConnectionDelegate next) =>
        context =>
        {
            context.Features.Get<Handshake>()!.End();
            return next(context);
        };

    private void TellOfStranger(IPAddress from)
    {
        if (strangers.Next() is { } count)
        {
            MembershipLog.TurnedAway(logger, $"{from}", options.Id, count);
        }
    }

    /// <summary>The computer's clock, as certificates are judged by.</summary>
    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    private static IPAddress Address(EndPoint? end) => (end as IPEndPoint)?.Address ?? IPAddress.None;
}
