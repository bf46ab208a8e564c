using System.Net;
using System.Net.Sockets;

namespace EcosystemSilo.Senders.Outbound;

/// <summary>
/// Which addresses belong to the public internet, by the special-purpose registries of IANA (RFC 6890). What is not
/// known to be public is refused: of IPv6 only 2000::/3 is given to anybody, so that loopback, mapped and compatible
/// IPv4,
/// NAT64, unique-local, link-local and multicast addresses are all outside of it.
/// </summary>
internal static class PublicAddresses
{
    private static readonly IPNetwork Global = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork[] Special =
    [
        .. new[]
        {
            "0.0.0.0/8", // this network
            "10.0.0.0/8", // private
            "100.64.0.0/10", // carrier-grade NAT
            "127.0.0.0/8", // loopback
            "169.254.0.0/16", // link-local, where clouds keep their metadata
            "172.16.0.0/12", // private
            "192.0.0.0/24", // protocol assignments
            "192.0.2.0/24", // documentation
            "192.88.99.0/24", // 6to4 relays
            "192.168.0.0/16", // private
            "198.18.0.0/15", // benchmarks
            "198.51.100.0/24", // documentation
            "203.0.113.0/24", // documentation
            "224.0.0.0/4", // multicast
            "240.0.0.0/4", // reserved, and broadcast
            "2001::/23", // protocol assignments: Teredo, ORCHID
            "2001:db8::/32", // documentation
            "2002::/16", // 6to4, which carries an IPv4 address
            "3fff::/20", // documentation
        }.Select(text => IPNetwork.Parse(text)),
    ];

    public static bool Contain(IPAddress address) =>
        (address.AddressFamily == AddressFamily.InterNetwork || Global.Contains(address))
        && !Special.Any(network => network.Contains(address));
}
