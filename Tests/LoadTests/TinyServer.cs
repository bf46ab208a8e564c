using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EcosystemSilo.Tests.LoadTests;

/// <summary>A server that says what it is asked for, and can be made to stall once.</summary>
internal sealed class TinyServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TinyServer(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.Single());

    /// <param name="stallAfter">After so many requests, those that follow are held until the stall is over.</param>
    public static async Task<TinyServer> Start(int stallAfter = int.MaxValue, TimeSpan stall = default)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var (seen, over) = (0, Task.CompletedTask);
        app.Run(async context =>
        {
            if (Interlocked.Increment(ref seen) == stallAfter)
            {
                over = Task.Delay(stall, TimeProvider.System);
            }

            await over;
            context.Response.StatusCode = context.Request.Path == "/missing" ? 404 : 200;
            await context.Response.WriteAsync(context.Request.Path.Value!);
        });
        await app.StartAsync();
        return new TinyServer(app);
    }

    public static ReadOnlyMemory<byte> Get(string path) =>
        Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n");

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
