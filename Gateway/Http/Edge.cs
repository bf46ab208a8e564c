using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Senders.Secrets;
using Microsoft.AspNetCore.Diagnostics;

namespace EcosystemSilo.Gateway.Http;

/// <summary>What surrounds every request: JSON form, problems instead of bare statuses, faults, correlation.</summary>
public static class Edge
{
    public static void AddEdge(this WebApplicationBuilder builder)
    {
        builder.AddKestrelLimits();
        builder.Services.TryAddTimeProvider();
        builder.Services.ConfigureHttpJsonOptions(options => GatewayJson.Configure(options.SerializerOptions));
        builder.Services.AddExceptionHandler<Faults>();
        // Without this registration the exception handler refuses to start; ours always handles, so it never writes.
        builder.Services.AddProblemDetails();
        builder.Services.AddCompression();
        builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = false);
        builder.Services.AddSingleton(services =>
            Cursors.Of(builder.Configuration, services.GetRequiredService<DataFolder>())
        );
    }

    public static void UseEdge(this WebApplication app)
    {
        app.UseTrustedProxies();
        app.UseCorrelation();
        app.UseResponseHeaders();
        app.UseExceptionHandler();
        app.UseStatusCodePages(ExplainStatus);
        app.UseCompression();
    }

    private static void TryAddTimeProvider(this IServiceCollection services)
    {
        if (services.All(registered => registered.ServiceType != typeof(TimeProvider)))
        {
            services.AddSingleton(TimeProvider.System);
        }
    }

    /// <summary>Gives a body to the statuses that routing and binding set without one.</summary>
    private static Task ExplainStatus(StatusCodeContext status)
    {
        var context = status.HttpContext;
        return context.Response.StatusCode switch
        {
            StatusCodes.Status400BadRequest => Problems.Write(context, BindingFaults.Explain(context)),
            StatusCodes.Status404NotFound => Problems.Write(
                context,
                new Refusal(EdgeCodes.RouteUnknown, "There is nothing at this address.")
            ),
            StatusCodes.Status405MethodNotAllowed => Problems.Write(
                context,
                new Refusal(EdgeCodes.MethodNotAllowed, $"The address does not take {context.Request.Method}.")
            ),
            StatusCodes.Status415UnsupportedMediaType => Problems.Write(
                context,
                new Refusal(EdgeCodes.ContentTypeUnsupported, "Send the body as application/json.", "Content-Type")
            ),
            _ => Task.CompletedTask,
        };
    }
}
