using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace EcosystemSilo.Silo.Membership;

/// <summary>Under which address a silo is known, and on which it listens.</summary>
internal static class Addresses
{
    /// <summary>Whether a text is the address of one machine.</summary>
    public static bool CanBeReached(string text) =>
        IPAddress.TryParse(text, out var address)
        && !address.Equals(IPAddress.IPv6Any)
        && !address.IsIPv6Multicast
        // "This network", and what is for many or for nobody.
        && !(address.AddressFamily is AddressFamily.InterNetwork && address.GetAddressBytes()[0] is 0 or >= 224);

    public static IPAddress Advertised(ClusterOptions options) =>
        options.Role is ClusterRole.Single ? IPAddress.Loopback
        : (options.AdvertisedAddress ?? options.Pod?.Address) is { } given ? IPAddress.Parse(given)
        : OfThisMachine().FirstOrDefault(IsOrdinary) ?? IPAddress.Loopback;

    /// <summary>The same address where it is this machine's, and otherwise all of them.</summary>
    public static IPAddress Listening(IPAddress advertised) =>
        IPAddress.IsLoopback(advertised) || OfThisMachine().Contains(advertised) ? advertised
        : advertised.AddressFamily is AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any
        : IPAddress.Any;

    private static bool IsOrdinary(IPAddress address) =>
        address.AddressFamily is AddressFamily.InterNetwork
        && !IPAddress.IsLoopback(address)
        // What a machine gives itself when nobody gave it one.
        && address.GetAddressBytes() is not [169, 254, ..];

    private static IEnumerable<IPAddress> OfThisMachine() =>
        NetworkInterface
            .GetAllNetworkInterfaces()
            .Where(card => card.OperationalStatus is not OperationalStatus.Down)
            .SelectMany(card => card.GetIPProperties().UnicastAddresses)
            .Select(unicast => unicast.Address);
}
