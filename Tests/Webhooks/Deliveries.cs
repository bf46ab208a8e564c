using System.Text;
using EcosystemSilo.Senders.Schemes;
using Microsoft.AspNetCore.Http;
using Shouldly;

namespace EcosystemSilo.Tests.Webhooks;

/// <summary>Builds signed requests and alters them.</summary>
internal static class Deliveries
{
    public const string Url = "https://silo.example/hooks/acme/s-1";

    public static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    public static InboundRequest Signed(
        IWebhookScheme scheme,
        SourceSecret secret,
        string body,
        string id = "msg_1",
        DateTimeOffset? at = null,
        string url = Url
    )
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        return Request(bytes, scheme.Sign(new OutboundDelivery("POST", url, bytes, id, at ?? Now), secret), url);
    }

    public static InboundRequest Request(
        byte[] body,
        IEnumerable<KeyValuePair<string, string>> headers,
        string url = Url
    )
    {
        IHeaderDictionary dictionary = new HeaderDictionary();
        foreach (var (name, value) in headers)
        {
            dictionary[name] = value;
        }

        return new InboundRequest("POST", url, dictionary, body, dictionary.ContentType);
    }

    /// <summary>The same request with one header set, or removed when the value is null.</summary>
    public static InboundRequest WithHeader(this InboundRequest request, string name, string? value)
    {
        IHeaderDictionary headers = new HeaderDictionary(
            request.Headers.ToDictionary(StringComparer.OrdinalIgnoreCase)
        );
        if (value is null)
        {
            headers.Remove(name);
        }
        else
        {
            headers[name] = value;
        }

        return request with
        {
            Headers = headers,
            ContentType = headers.ContentType,
        };
    }

    public static InboundRequest WithBody(this InboundRequest request, string body) =>
        request with
        {
            Body = Encoding.UTF8.GetBytes(body),
        };

    public static string BodyText(this InboundRequest request) => Encoding.UTF8.GetString(request.Body.Span);

    public static SourceSecret FreshSecret(this IWebhookScheme scheme) =>
        scheme.ReadSecret(scheme.NewSecret()).ShouldNotBeNull();

    /// <summary>The verdict in one comparable line: <c>200</c>, or status and code.</summary>
    public static string Outcome(this Verdict verdict) =>
        verdict switch
        {
            Verified => "200",
            Rejected rejected => $"{rejected.Status} {rejected.Code}",
            _ => throw new InvalidOperationException($"Unknown verdict {verdict}"),
        };

    public static Verified ShouldBeVerified(this Verdict verdict)
    {
        verdict.Outcome().ShouldBe("200");
        return (Verified)verdict;
    }
}
