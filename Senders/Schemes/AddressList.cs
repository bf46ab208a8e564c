using System.Net;

namespace EcosystemSilo.Senders.Schemes;

/// <summary>Addresses and networks that a sender posts from.</summary>
internal static class AddressList
{
    public static bool TryParse(string text, out IReadOnlyList<IPNetwork> networks)
    {
        var parts = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var read = new List<IPNetwork>(parts.Length);
        networks = read;
        foreach (var part in parts)
        {
            if (IPNetwork.TryParse(part, out var network))
            {
                read.Add(network);
            }
            else if (IPAddress.TryParse(part, out var address))
            {
                read.Add(new IPNetwork(address, address.GetAddressBytes().Length * 8));
            }
            else
            {
                return false;
            }
        }

        return read.Count is > 0 and <= WebhookLimits.NetworksMax;
    }

    /// <summary>An unset list lets everybody pass; one that is set, nobody whose address is not known.</summary>
    public static bool Allows(string? text, IPAddress? from)
    {
        if (text is null)
        {
            return true;
        }

        // A socket for both families shows IPv4 senders in IPv6's clothes.
        var address = from is { IsIPv4MappedToIPv6: true } ? from.MapToIPv4() : from;
        return address is not null && TryParse(text, out var networks) && networks.Any(n => n.Contains(address));
    }
}
