using System.Net;
using System.Net.Sockets;

namespace EcosystemSilo.Senders.Outbound;

/// <summary>Looks a host's addresses up.</summary>
public delegate Task<IPAddress[]> ResolveHost(string host, CancellationToken cancellation);

/// <summary>The host has no address that may be sent to.</summary>
public sealed class AddressRefusedException(string host) : IOException($"'{host}' has no address that may be sent to.");

/// <summary>
/// Opens connections to public addresses only. The address that is checked is the one that is connected to, so that
/// neither another spelling of an address, nor a redirect, nor a name that resolves otherwise the second time, leads
/// into
/// the own network.
/// </summary>
public sealed class GuardedDialer(ResolveHost resolve, IReadOnlyList<IPNetwork> allowed)
{
    /// <summary>
    /// Connections of a pool that only this opens: no redirect, proxy or cookie leads elsewhere.
    /// </summary>
    public SocketsHttpHandler NewConnections() =>
        new()
        {
            ConnectCallback = Dial,
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            // Names our requests to nobody outside.
            ActivityHeadersPropagator = null,
            MaxResponseHeadersLength = OutboundLimits.ResponseHeadersKilobytesMax,
            PooledConnectionLifetime = OutboundLimits.ConnectionLifetime,
        };

    public async ValueTask<Stream> Dial(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var addresses = IPAddress.TryParse(host.Trim('[', ']'), out var literal)
            ? [literal]
            : await resolve(host, cancellation);
        Exception? fault = null;
        foreach (var address in addresses.Where(MayDial).Take(OutboundLimits.AddressesTriedMax))
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(new IPEndPoint(address, port), cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (SocketException refused)
            {
                socket.Dispose();
                fault = refused;
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }

        throw fault ?? new AddressRefusedException(host);
    }

    /// <summary>Whether an address may be connected to: it is public, or in a network that was allowed.</summary>
    public bool MayDial(IPAddress address) =>
        PublicAddresses.Contain(address) || allowed.Any(network => network.Contains(address));
}
