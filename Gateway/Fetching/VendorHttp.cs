using System.Net.Http.Headers;

namespace EcosystemSilo.Gateway.Fetching;

/// <summary>
/// The connections to senders' APIs. No redirect is followed, since it would carry a person's token elsewhere.
/// </summary>
internal sealed class VendorHttp : IDisposable
{
    public VendorHttp()
    {
        Client = new HttpClient(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseProxy = false,
                UseCookies = false,
                AutomaticDecompression = System.Net.DecompressionMethods.All,
                // Names our requests to nobody outside.
                ActivityHeadersPropagator = null,
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            }
        )
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
