using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace EcosystemSilo.Senders.Schemes;

/// <summary>
/// The answer to the OPTIONS request by which a CloudEvents sender asks whether it may deliver here
/// (github.com/cloudevents/spec, http-webhook.md section 4). It grants nothing: every delivery still needs its token.
/// </summary>
public static class CloudEventsHandshake
{
    private const string RequestOrigin = "WebHook-Request-Origin";
    private const string RequestRate = "WebHook-Request-Rate";
    private const string AllowedOrigin = "WebHook-Allowed-Origin";
    private const string AllowedRate = "WebHook-Allowed-Rate";

    /// <summary>A DNS name has at most this many characters (RFC 1035 section 2.3.4).</summary>
    private const int OriginCharsMax = 253;

    /// <summary>
    /// Writes the permission into the response's headers; false, with no header but Allow, when the request is no
    /// handshake or names an origin that is no DNS expression. Rates are requests per minute.
    /// </summary>
    public static bool TryAnswer(IHeaderDictionary request, IHeaderDictionary response)
    {
        response.Allow = "POST";
        var origin = request[RequestOrigin].ToString();
        if (origin.Length is 0 or > OriginCharsMax || !origin.All(IsOriginCharacter))
        {
            return false;
        }

        var isCounted = int.TryParse(
            request[RequestRate].ToString(),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var asked
        );
        var rate = isCounted && asked > 0 ? asked : WebhookLimits.HandshakeRatePerMinuteMax;
        response[AllowedOrigin] = origin;
        response[AllowedRate] = Math.Min(rate, WebhookLimits.HandshakeRatePerMinuteMax)
            .ToString(CultureInfo.InvariantCulture);
        return true;
    }

    private static bool IsOriginCharacter(char character) =>
        char.IsAsciiLetterOrDigit(character) || character is '.' or '-' or '*' or ':' or '_';
}
