using System.Net;
using System.Net.Http.Headers;
using EcosystemSilo.Senders.Outbound;

namespace EcosystemSilo.Senders.Fetching;

/// <summary>
/// The connections to senders' APIs: to public addresses only, as for notifications that go out. No redirect is
/// followed, since it would carry a person's token elsewhere.
/// </summary>
internal sealed class VendorHttp : IDisposable
{
    public VendorHttp(GuardedDialer dialer)
    {
        var connections = dialer.NewConnections();
        connections.AutomaticDecompression = DecompressionMethods.All;
        Client = new HttpClient(new UnwrappedFaults(connections))
        {
            // Each question has its own, see FetchLimits.
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = FetchLimits.AnswerBytesMax,
        };
        Client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("EcosystemSilo", "1.0"));
    }

    public HttpClient Client { get; }

    public void Dispose() => Client.Dispose();
}
