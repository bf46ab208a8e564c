using EcosystemSilo.Gateway.RateLimits;
using EcosystemSilo.Grains.Interfaces;
using Microsoft.AspNetCore.Diagnostics;

namespace EcosystemSilo.Gateway.Http;

/// <summary>
/// The outermost loop of a request: turns what went wrong into a problem that says whether to try again and nothing of
/// our inside. A fault is logged once, here.
/// </summary>
public sealed partial class Faults(ILogger<Faults> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(
        HttpContext httpContext,
        Exception exception,
        CancellationToken cancellationToken
    )
    {
        switch (exception)
        {
            case OperationCanceledException when httpContext.RequestAborted.IsCancellationRequested:
                // Nobody reads the answer any more; 499 only shows in metrics.
                httpContext.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
                return true;
            case GrainUnavailableException:
                LogUnavailable(
                    logger,
                    exception,
                    httpContext.Request.Method,
                    RouteOf(httpContext),
                    Correlation.Of(httpContext)
                );
                await WriteUnavailable(httpContext);
                return true;
            case RateExceededException exceeded:
                await exceeded.Write(httpContext);
                return true;
            case BadHttpRequestException bad:
                await Problems.Write(httpContext, OfBadRequest(bad));
                return true;
            // The server reports a chunk whose size is beyond all numbers in this way.
            case IOException { InnerException: OverflowException }:
                await Problems.Write(
                    httpContext,
                    new Refusal(EdgeCodes.RequestInvalid, "The size of a chunk of the body is no number of bytes.")
                );
                return true;
            default:
                LogUnexpected(
                    logger,
                    exception,
                    httpContext.Request.Method,
                    RouteOf(httpContext),
                    Correlation.Of(httpContext)
                );
                await Problems.Write(
                    httpContext,
                    new Refusal(
                        EdgeCodes.Unexpected,
                        "The request could not be handled. Try again with the same Idempotency-Key; "
                            + "if it stays, quote the correlation id."
                    )
                );
                return true;
        }
    }

    /// <summary>
    /// 503 with Retry-After: nothing is known to have happened, and the same request may be sent again.
    /// </summary>
    public static Task WriteUnavailable(HttpContext context) =>
        Problems.Write(
            context,
            new Refusal(
                EdgeCodes.Unavailable,
                "The outcome is not known. Send the same request with the same Idempotency-Key again."
            )
        );

    private static Refusal OfBadRequest(BadHttpRequestException bad) =>
        bad.StatusCode switch
        {
            StatusCodes.Status413PayloadTooLarge => new Refusal(
                EdgeCodes.BodyTooLarge,
                $"A body may have {GatewayLimits.RestBodyBytesMax} bytes."
            ),
            StatusCodes.Status415UnsupportedMediaType => new Refusal(
                EdgeCodes.ContentTypeUnsupported,
                "Send the body as application/json.",
                "Content-Type"
            ),
            _ => new Refusal(EdgeCodes.RequestInvalid, "The request could not be read."),
        };

    /// <summary>
    /// The route's pattern rather than the path: ids may be personal, and patterns group in a log search.
    /// </summary>
    private static string RouteOf(HttpContext context) =>
        (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "(no route)";

    [LoggerMessage(
        3001,
        LogLevel.Warning,
        "{Method} {Route} ({Correlation}) is answered with 503: a grain is unavailable"
    )]
    private static partial void LogUnavailable(
        ILogger logger,
        Exception exception,
        string method,
        string route,
        string correlation
    );

    [LoggerMessage(3002, LogLevel.Error, "{Method} {Route} ({Correlation}) failed")]
    private static partial void LogUnexpected(
        ILogger logger,
        Exception exception,
        string method,
        string route,
        string correlation
    );
}
