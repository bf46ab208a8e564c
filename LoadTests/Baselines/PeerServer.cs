using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EcosystemSilo.LoadTests.Baselines;

/// <summary>
/// What the peers share: the leanest ASP.NET Core that checks a delivery as the product must. Same route, same bounds
/// of the connection, same signature, same answer; no logging, no telemetry, no other middleware.
/// </summary>
internal static class PeerServer
{
    private const int BodyBytesMax = 256 * 1024;

    /// <summary>Stores a checked delivery and says what became of it.</summary>
    public delegate ValueTask<string> Take(PeerDelivery delivery, CancellationToken cancellation);

    public static async Task Run(Take take)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = BodyBytesMax;
        });
        await using var app = builder.Build();
        app.MapGet("/health/ready", () => "ready");
        app.MapPost("/hooks/{ecosystem}/{source}", context => Receive(context, take));
        await app.RunAsync();
    }

    private static async Task Receive(HttpContext context, Take take)
    {
        var body = await ReadBody(context.Request.BodyReader, context.RequestAborted);
        var headers = context.Request.Headers;
        var (id, timestamp) = (headers["webhook-id"].ToString(), headers["webhook-timestamp"].ToString());
        var signature = headers["webhook-signature"].ToString();
        if (!PeerSignature.IsValid(id, timestamp, signature, body, TimeProvider.System.GetUtcNow()))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        if (PeerDelivery.Read(id, body) is not { } delivery)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        var outcome = await take(delivery, context.RequestAborted);
        context.Response.StatusCode =
            outcome == PeerDelivery.Reused ? StatusCodes.Status409Conflict : StatusCodes.Status202Accepted;
        await context.Response.WriteAsJsonAsync(
            new PeerAnswer(id, outcome),
            PeerJson.Default.PeerAnswer,
            cancellationToken: context.RequestAborted
        );
    }

    private static async ValueTask<byte[]> ReadBody(PipeReader reader, CancellationToken cancellation)
    {
        while (true)
        {
            var read = await reader.ReadAsync(cancellation);
            if (read.IsCompleted)
            {
                var body = read.Buffer.ToArray();
                reader.AdvanceTo(read.Buffer.End);
                return body;
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }
}
