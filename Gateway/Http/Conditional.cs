using EcosystemSilo.Senders.Json;

namespace EcosystemSilo.Gateway.Http;

/// <summary>A resource's version as its entity tag: <c>"7"</c>, and the conditions that callers put on it.</summary>
public static class Conditional
{
    public const string AtLeastParameter = "atLeast";

    public static string Tag(long version) => $"\"{version}\"";

    /// <summary>The version that If-Match asks for; null when there is no such header or it is <c>*</c>.</summary>
    public static (long?, BadRequest?) IfMatch(HttpRequest request)
    {
        var header = request.Headers.IfMatch;
        if (header.Count == 0 || header == "*")
        {
            return (null, null);
        }

        var text = header.Count == 1 ? header[0]! : "";
        if (
            text.Length is > 2 and < 22
            && text[0] == '"'
            && text[^1] == '"'
            && long.TryParse(
                text.AsSpan(1, text.Length - 2),
                System.Globalization.NumberStyles.None,
                null,
                out var version
            )
        )
        {
            return (version, null);
        }

        return (
            null,
            BadRequest.Because(
                EdgeCodes.IfMatchInvalid,
                "If-Match is one ETag as it was sent, such as \"7\".",
                "If-Match"
            )
        );
    }

    /// <summary>
    /// The version that a read must have reached (<c>?atLeast=7</c>), for a caller that saw it elsewhere; 0 without.
    /// </summary>
    public static (long, BadRequest?) AtLeast(HttpRequest request)
    {
        var text = request.Query[AtLeastParameter];
        return text.Count == 0 ? (0, null)
            : text.Count == 1 && long.TryParse(text[0], System.Globalization.NumberStyles.None, null, out var version)
                ? (version, null)
            : (0, BadRequest.Because(EdgeCodes.AtLeastInvalid, "atLeast is one version, such as 7.", AtLeastParameter));
    }

    /// <summary>Whether the caller already holds this version (If-None-Match), so that 304 will do.</summary>
    public static bool IsHeld(HttpRequest request, long version) =>
        request.Headers.IfNoneMatch.Any(tag => tag == Tag(version));
}
