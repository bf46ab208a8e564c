using EcosystemSilo.Gateway.Http;
using EcosystemSilo.Gateway.Sources;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Sources;
using EcosystemSilo.Senders.Schemes;
using EcosystemSilo.Senders.Secrets;
using Microsoft.AspNetCore.Http.Features;

namespace EcosystemSilo.Gateway.Webhooks;

/// <summary>Reads a request's raw bytes, bounded, and lets the source's scheme judge them.</summary>
public sealed class DeliveryGate(SourceSecrets secrets, PublicUrl address, TimeProvider clock)
{
    public async ValueTask<Verdict> Check(GrainKey key, SourceView source, HttpContext context)
    {
        var scheme = SchemeOf(key, source);
        if (scheme.Facts.BodyBytesMax > WebhookLimits.BodyBytesMax)
        {
            Allow(context, scheme.Facts.BodyBytesMax);
        }

        if (scheme.Facts.IsStreamed)
        {
            if (context.Request.ContentLength > scheme.Facts.BodyBytesMax)
            {
                context.DrainRest(2L * scheme.Facts.BodyBytesMax);
                return Rejections.BodyTooLarge(scheme.Facts.BodyBytesMax);
            }

            var verdict = Verify(key, source, scheme, context, body: default);
            if (verdict is not Parted)
            {
                context.DrainRest(2L * scheme.Facts.BodyBytesMax);
            }

            return verdict;
        }

        return await BoundedBody.Read(context, scheme.Facts.BodyBytesMax) is { } body
            ? Verify(key, source, scheme, context, body)
            : Rejections.BodyTooLarge(scheme.Facts.BodyBytesMax);
    }

    /// <summary>Lets the scheme answer a request by which a sender makes sure of the address; it has no body.</summary>
    public Verdict Greet(GrainKey key, SourceView source, HttpContext context)
    {
        var scheme = SchemeOf(key, source);
        var request = Of(key, source, context, body: default);
        return CheckAddress(scheme, request) ?? scheme.Greet(request, secrets.ValidNow(key, source, scheme));
    }

    private Verdict Verify(
        GrainKey key,
        SourceView source,
        IWebhookScheme scheme,
        HttpContext context,
        ReadOnlyMemory<byte> body
    )
    {
        var request = Of(key, source, context, body);
        return CheckAddress(scheme, request)
            ?? scheme.Verify(request, secrets.ValidNow(key, source, scheme), clock.GetUtcNow());
    }

    /// <summary>The server's own limit is that of ordinary bodies; a byte more, so that ours is met first.</summary>
    private static void Allow(HttpContext context, int bytesMax)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = bytesMax + 1L;
        }
    }

    private static IWebhookScheme SchemeOf(GrainKey key, SourceView source) =>
        WebhookSchemes.Find(source.Scheme)
        ?? throw new InvalidOperationException($"{key} has the scheme '{source.Scheme}', which is unknown.");

    /// <summary>Only the addresses of some schemes have a secret as their last part.</summary>
    private static Rejected? CheckAddress(IWebhookScheme scheme, InboundRequest request) =>
        request.AddressToken is not null && scheme.Facts.Secret != SecretOrigin.Address
            ? Rejections.AddressUnknown()
            : null;

    private InboundRequest Of(GrainKey key, SourceView source, HttpContext context, ReadOnlyMemory<byte> body)
    {
        var request = context.Request;
        return new InboundRequest(request.Method, address.Of(request), request.Headers, body, request.ContentType)
        {
            AddressToken = request.RouteValues[WebhooksApi.TokenParameter] as string,
            From = context.Connection.RemoteIpAddress,
            Settings = secrets.SettingsOf(key, source),
        };
    }
}
