using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace EcosystemSilo.LoadTests.Processes;

/// <summary>
/// What the sender of a Standard Webhooks source knows. Signs by the text of the specification, with none of the
/// product's code.
/// </summary>
/// <param name="Secret">In the form in which the gateway showed it.</param>
public sealed record SourceAddress(string Id, string Url, string Secret)
{
    /// <summary>How far the receiver's clock is ahead.</summary>
    public TimeSpan ClockShift { get; init; }

    public HttpRequestMessage Sign(string id, string body)
    {
        var now = TimeProvider.System.GetUtcNow() + ClockShift;
        var timestamp = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var key = Convert.FromBase64String(Secret["whsec_".Length..]);
        var signature = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{id}.{timestamp}.{body}"));
        return new HttpRequestMessage(HttpMethod.Post, Url)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
            Headers =
            {
                { "webhook-id", id },
                { "webhook-timestamp", timestamp },
                { "webhook-signature", $"v1,{Convert.ToBase64String(signature)}" },
            },
        };
    }
}
