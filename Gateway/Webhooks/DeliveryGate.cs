using System.Buffers;
using EcosystemSilo.Gateway.Http;
using EcosystemSilo.Gateway.Sources;
using EcosystemSilo.Gateway.Webhooks.Schemes;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Sources;

namespace EcosystemSilo.Gateway.Webhooks;

/// <summary>Reads a delivery's raw bytes, bounded, and lets the source's scheme judge them.</summary>
public sealed class DeliveryGate(SourceSecrets secrets, PublicUrl address, TimeProvider clock)
{
    public async ValueTask<Verdict> Check(GrainKey key, SourceView source, HttpContext context)
    {
        var scheme =
            WebhookSchemes.Find(source.Scheme)
            ?? throw new InvalidOperationException($"{key} has the scheme '{source.Scheme}', which is unknown.");
        if (await ReadBody(context) is not { } body)
        {
            return Rejections.BodyTooLarge();
        }

        var request = context.Request;
        return scheme.Verify(
            new InboundRequest(request.Method, address.Of(request), request.Headers, body, request.ContentType),
            secrets.ValidNow(key, source, scheme),
            clock.GetUtcNow()
        );
    }

    /// <summary>Null when it is too large; then nothing more of it is kept.</summary>
    private static async ValueTask<byte[]?> ReadBody(HttpContext context)
    {
        if (context.Request.ContentLength > WebhookLimits.BodyBytesMax)
        {
            context.DrainRest();
            return null;
        }

        var reader = context.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(context.RequestAborted);
            if (read.Buffer.Length > WebhookLimits.BodyBytesMax)
            {
                reader.AdvanceTo(read.Buffer.End);
                context.DrainRest();
                return null;
            }

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
