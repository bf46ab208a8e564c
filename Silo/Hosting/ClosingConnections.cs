using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace EcosystemSilo.Silo.Hosting;

/// <summary>
/// Ends each connection with its next answer from the moment on in which the process was told to stop. Whoever kept one
/// open would otherwise send on it just when it is closed, and could not tell whether the request was taken. HTTP/2 has
/// words of its own for it.
/// </summary>
internal sealed class ClosingConnections(Draining draining) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) =>
        app =>
        {
            app.Use(
                (context, rest) =>
                {
                    if (draining.HasBegun && HttpProtocol.IsHttp11(context.Request.Protocol))
                    {
                        context.Response.Headers.Connection = "close";
                    }

                    return rest(context);
                }
            );
            next(app);
        };
}
