using System.Net.Sockets;

namespace EcosystemSilo.Senders.Outbound;

/// <summary>
/// Says of a connection that ended in the moment in which it was made what is said of every other that failed: the
/// handler below lets that one through as the socket's own fault.
/// </summary>
internal sealed class UnwrappedFaults(HttpMessageHandler connections) : DelegatingHandler(connections)
{
    /// <exception cref="HttpRequestException">Among others, the receiver was gone as soon as it was
    /// reached.</exception>
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await base.SendAsync(request, cancellationToken);
        }
        catch (SocketException gone)
        {
            throw new HttpRequestException(HttpRequestError.ConnectionError, gone.Message, gone);
        }
    }
}
