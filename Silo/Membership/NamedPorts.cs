using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;

namespace EcosystemSilo.Silo.Membership;

/// <summary>A port of the cluster cannot be opened; the message names its setting.</summary>
public sealed class ClusterPortException(string message, Exception cause) : Exception(message, cause);

/// <summary>
/// Opens Orleans' ports, and says which setting is at fault where one is taken. Orleans itself would not notice: it
/// lets others share its ports, so that a second silo would take half of the first one's connections.
/// </summary>
internal sealed class NamedPorts(IConnectionListenerFactory listeners, ClusterOptions options)
    : IConnectionListenerFactory
{
    public static void Register(IServiceCollection services, ClusterOptions options) =>
        Listeners.Replace(services, registered => new NamedPorts(registered, options));

    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        RefuseTaken((IPEndPoint)endpoint);
        return listeners.BindAsync(endpoint, cancellationToken);
    }

    private void RefuseTaken(IPEndPoint endpoint)
    {
        try
        {
            using var probe = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            probe.Bind(endpoint);
        }
        catch (SocketException cause)
        {
            var setting = endpoint.Port == options.SiloPort ? nameof(options.SiloPort) : nameof(options.GatewayPort);
            var reason =
                cause.SocketErrorCode is SocketError.AddressAlreadyInUse
                    ? "another process on this machine uses it"
                    : cause.Message;
            throw new ClusterPortException(
                $"Cluster__{setting}={endpoint.Port} cannot be opened on {endpoint.Address}: {reason}.",
                cause
            );
        }
    }
}
