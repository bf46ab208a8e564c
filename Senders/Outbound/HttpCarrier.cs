using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Endpoints;
using EcosystemSilo.Grains.Interfaces.Notifications;
using EcosystemSilo.Senders.Schemes;

namespace EcosystemSilo.Senders.Outbound;

/// <summary>
/// Posts a notification: signed, to a public address only, following no redirect, and reading no more of the answer
/// than
/// is shown. Whatever the receiver does, it is over within the time-out and a moment.
/// </summary>
public sealed class HttpCarrier : ICarrier, IDisposable
{
    private static readonly StandardWebhooksScheme Scheme = new();

    private readonly OutboundOptions _options;
    private readonly SigningSecrets _secrets;
    private readonly TimeProvider _clock;
    private readonly HttpMessageInvoker _http;

    public HttpCarrier(OutboundOptions options, GuardedDialer dialer, SigningSecrets secrets, TimeProvider clock)
    {
        (_options, _secrets, _clock) = (options, secrets, clock);
        var connections = dialer.NewConnections();
        connections.MaxResponseDrainSize = 0;
        connections.PooledConnectionIdleTimeout = OutboundLimits.ConnectionIdleMax;
        _http = new HttpMessageInvoker(new UnwrappedFaults(connections));
    }

    public async Task<Attempt> Carry(
        GrainKey endpoint,
        EndpointView to,
        NotificationView notification,
        CancellationToken cancellation
    )
    {
        var at = _clock.GetUtcNow();
        var started = _clock.GetTimestamp();
        using var patience = new CancellationTokenSource(_options.Timeout, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        try
        {
            using var request = Request(endpoint, to, notification, at);
            using var response = await _http.SendAsync(request, either.Token);
            var shown = await Beginning(response, either.Token);
            return new Attempt(at, Since(started), (int)response.StatusCode, null, shown, RetryAfter(response, at));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new Attempt(at, Since(started), Status: null, "timeout");
        }
        catch (HttpRequestException fault)
        {
            return new Attempt(at, Since(started), Status: null, Word(fault));
        }
    }

    public void Dispose() => _http.Dispose();

    private HttpRequestMessage Request(
        GrainKey endpoint,
        EndpointView to,
        NotificationView notification,
        DateTimeOffset at
    )
    {
        var url = to.Settings.Url;
        var body = Encoding.UTF8.GetBytes(notification.Body);
        var delivery = new OutboundDelivery("POST", url, body, notification.Event.Value, at);
        var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("EcosystemSilo", "1.0"));
        foreach (var (name, value) in Scheme.Sign(delivery, _secrets.ValidNow(endpoint, to.Secrets)))
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return request;
    }

    /// <summary>The beginning of the answer, as far as it comes in a moment; the status holds without it.</summary>
    private async Task<string?> Beginning(HttpResponseMessage response, CancellationToken cancellation)
    {
        var buffer = new byte[OutboundLimits.ResponseBytesMax];
        var length = 0;
        using var patience = new CancellationTokenSource(OutboundLimits.ResponseBodyPatience, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(either.Token);
            while (
                length < buffer.Length && await body.ReadAsync(buffer.AsMemory(length), either.Token) is > 0 and var n
            )
            {
                length += n;
            }
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            // What has come so far is shown.
        }
        catch (Exception fault) when (fault is IOException or HttpRequestException)
        {
            // The receiver hung up in the middle; the same.
        }

        return length == 0 ? null : Clean(Encoding.UTF8.GetString(buffer, 0, length));
    }

    private static string Clean(string text)
    {
        var shown = text.Length <= OutboundLimits.ResponseCharsMax ? text : text[..OutboundLimits.ResponseCharsMax];
        return string.Concat(shown.Select(letter => char.IsControl(letter) || char.IsSurrogate(letter) ? ' ' : letter));
    }

    private static int? RetryAfter(HttpResponseMessage response, DateTimeOffset now)
    {
        var asked = response.Headers.RetryAfter;
        var wait = asked?.Delta ?? (asked?.Date - now);
        return wait is { TotalSeconds: > 0 and < int.MaxValue } some ? (int)Math.Ceiling(some.TotalSeconds) : null;
    }

    private int Since(long started) => (int)_clock.GetElapsedTime(started).TotalMilliseconds;

    private static string Word(HttpRequestException fault) =>
        fault switch
        {
            { InnerException: AddressRefusedException } => "address-refused",
            { HttpRequestError: HttpRequestError.NameResolutionError } => "name-unknown",
            { InnerException: SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData } } =>
                "name-unknown",
            { HttpRequestError: HttpRequestError.SecureConnectionError } => "tls-failed",
            { HttpRequestError: HttpRequestError.ConnectionError } => "connection-failed",
            { HttpRequestError: HttpRequestError.ResponseEnded } => "connection-closed",
            _ => "answer-malformed",
        };
}
