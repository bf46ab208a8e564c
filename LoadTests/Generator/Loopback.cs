using System.Net;

namespace EcosystemSilo.LoadTests.Generator;

/// <summary>Load goes to this machine only: whoever mistypes an address must not attack somebody.</summary>
internal static class Loopback
{
    /// <exception cref="ArgumentException">The address is not an http address of the loopback interface.</exception>
    public static IPEndPoint Require(Uri address)
    {
        // A name is not looked up: what it means is up to others. Only the name of this machine is known.
        var host = address.IsAbsoluteUri && address.Host is "localhost" ? IPAddress.Loopback : null;
        if (
            !address.IsAbsoluteUri
            || address.Scheme != Uri.UriSchemeHttp
            || (host is null && !IPAddress.TryParse(address.DnsSafeHost, out host))
            || !IPAddress.IsLoopback(host)
        )
        {
            throw new ArgumentException(
                $"'{address}' is refused: load is only sent to http addresses of this machine, such as 127.0.0.1.",
                nameof(address)
            );
        }

        return new IPEndPoint(host, address.Port);
    }
}
