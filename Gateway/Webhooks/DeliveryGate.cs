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
        if (await BoundedBody.Read(context, WebhookLimits.BodyBytesMax) is not { } body)
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
}
