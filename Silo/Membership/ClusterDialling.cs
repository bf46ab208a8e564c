using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;

namespace EcosystemSilo.Silo.Membership;

/// <summary>Finds out whether a silo of this cluster listens at an address.</summary>
/// <param name="tls">Null where the cluster's processes talk in the clear.</param>
internal sealed class ClusterDialling(ClusterTls? tls)
{
    /// <returns>Null when something listens there that says nothing in time: it may be busy.</returns>
    public async Task<bool?> Reaches(IPEndPoint address)
    {
        using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        using var patience = new CancellationTokenSource(MembershipLimits.ReachMax, TimeProvider.System);
        try
        {
            // The other machine's system does this, however busy the process is.
            await socket.ConnectAsync(address, patience.Token);
        }
        catch (Exception away) when (away is SocketException or OperationCanceledException)
        {
            return false;
        }
        if (tls is null)
        {
            return true;
        }
        try
        {
            await using var stream = new NetworkStream(socket);
            await tls.Prove(stream, patience.Token);
            return true;
        }
        catch (AuthenticationException)
        {
            return false;
        }
        catch (Exception late) when (late is IOException or OperationCanceledException)
        {
            return null;
        }
    }
}
