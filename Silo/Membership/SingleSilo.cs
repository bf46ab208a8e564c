using System.Net;
using System.Net.Sockets;

namespace EcosystemSilo.Silo.Membership;

internal static class SingleSilo
{
    public static ISiloBuilder UseSingle(this ISiloBuilder silo) =>
        silo.UseLocalhostClustering(FreePort(), gatewayPort: 0, serviceId: "ecosystemsilo", clusterId: "single");

    private static int FreePort()
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)probe.LocalEndPoint!).Port;
    }
}
