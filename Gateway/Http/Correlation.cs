using System.Diagnostics;

namespace EcosystemSilo.Gateway.Http;

/// <summary>
/// One id from the request to everything that follows from it: events, reactions, the board's deltas, logs and traces.
/// A caller may choose it (<c>X-Correlation-Id</c>); otherwise it is the trace id. It is always echoed.
/// </summary>
public static class Correlation
{
    public const string Header = "X-Correlation-Id";

    private static readonly object Item = new();

    /// <summary>The request's correlation id; empty only outside of <see cref="UseCorrelation"/>.</summary>
    public static string Of(HttpContext context) => context.Items[Item] as string ?? "";

    /// <summary>Settles the id first of all, so that every later answer and log line carries it.</summary>
    public static void UseCorrelation(this WebApplication app)
    {
        var logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(Correlation).FullName!);
        app.Use(
            async (context, next) =>
            {
                var id = Choose(context);
                context.Items[Item] = id;
                // At the last moment, because the exception handler clears the headers of a failed answer.
                context.Response.OnStarting(Echo, context);
                Activity.Current?.SetTag("correlation", id);
                if (ShortWay.IsTakenBy(context))
                {
                    // A scope travels through every await behind it; what is logged of a failed one names the id.
                    await next(context);
                    return;
                }

                using (logger.BeginScope(new KeyValuePair<string, object>[] { new("Correlation", id) }))
                {
                    await next(context);
                }
            }
        );
    }

    /// <summary>Letters, digits and a few separators only: the id goes into logs, headers and SQL parameters.</summary>
    public static bool IsWellFormed(string? text) =>
        text is { Length: > 0 and <= GatewayLimits.CorrelationLengthMax }
        && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.' or ':');

    private static Task Echo(object context)
    {
        ((HttpContext)context).Response.Headers[Header] = Of((HttpContext)context);
        return Task.CompletedTask;
    }

    private static string Choose(HttpContext context)
    {
        var given = context.Request.Headers[Header];
        if (given.Count == 1 && IsWellFormed(given[0]))
        {
            return given[0]!;
        }

        return (Activity.Current?.TraceId ?? TraceOf(context) ?? ActivityTraceId.CreateRandom()).ToHexString();
    }

    /// <summary>The caller's trace, which is also taken up where this process traces nothing.</summary>
    private static ActivityTraceId? TraceOf(HttpContext context) =>
        ActivityContext.TryParse(context.Request.Headers.TraceParent, traceState: null, out var trace)
            ? trace.TraceId
            : null;
}
