using System.Net;
using EcosystemSilo.Senders.Outbound;

namespace EcosystemSilo.Gateway.Endpoints;

/// <summary>
/// Tells an owner early of an address that would never be sent to. What really keeps requests out of the own network is
/// <see cref="GuardedDialer"/>.
/// </summary>
public sealed class EndpointUrl(OutboundOptions options, GuardedDialer dialer)
{
    /// <summary>What is wrong with the text; null when it may be used.</summary>
    public string? Fault(string text)
    {
        if (
            !Uri.TryCreate(text, UriKind.Absolute, out var url)
            || (url.Scheme != Uri.UriSchemeHttps && url.Scheme != Uri.UriSchemeHttp)
            || url.Host.Length == 0
        )
        {
            return "must be an address that begins with https://.";
        }

        if (url.Scheme == Uri.UriSchemeHttp && !options.AllowHttp)
        {
            return "must begin with https://.";
        }

        if (url.UserInfo.Length > 0 || url.Fragment.Length > 0)
        {
            return "must have neither user and password nor a part behind '#'.";
        }

        return IPAddress.TryParse(url.DnsSafeHost, out var address) && !dialer.MayDial(address)
            ? "is an address inside of a network, which nothing is sent to."
            : null;
    }
}
