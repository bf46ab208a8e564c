namespace EcosystemSilo.Gateway.Http;

/// <summary>
/// What a browser may do with an answer: run and load nothing from elsewhere, never be framed, never guess a type,
/// never keep an API answer.
/// </summary>
public static class ResponseHeaders
{
    /// <summary>
    /// Mantine writes style attributes, hence the inline styles; scripts come from files of ours only.
    /// </summary>
    public const string ContentSecurityPolicy =
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        + "connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    public static void UseResponseHeaders(this WebApplication app) =>
        app.Use(
            (context, next) =>
            {
                context.Response.OnStarting(ShortWay.IsTakenBy(context) ? SetForMachines : Set, context);
                return next(context);
            }
        );

    /// <summary>No browser shows these answers, nor what frames or opens them.</summary>
    private static Task SetForMachines(object started)
    {
        var headers = ((HttpContext)started).Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        return Task.CompletedTask;
    }

    private static Task Set(object started)
    {
        var context = (HttpContext)started;
        var headers = context.Response.Headers;
        if (headers.ContentSecurityPolicy.Count == 0)
        {
            headers.ContentSecurityPolicy = ContentSecurityPolicy;
        }

        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (context.Request.IsHttps)
        {
            headers.StrictTransportSecurity = "max-age=31536000";
        }

        // An API answer may be kept only to be asked about again by its ETag.
        if (
            headers.CacheControl.Count == 0
            && context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
        )
        {
            headers.CacheControl = headers.ETag.Count > 0 ? "private, no-cache" : "no-store";
        }

        return Task.CompletedTask;
    }
}
