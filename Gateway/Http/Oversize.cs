using Microsoft.AspNetCore.Http.Features;

namespace EcosystemSilo.Gateway.Http;

/// <summary>How a body beyond the limit is left.</summary>
public static class Oversize
{
    /// <summary>
    /// Lets the server read the rest and drop it after the answer. Without this it closes the connection on a sender
    /// that is still sending, and the sender sees a broken pipe instead of the refusal.
    /// </summary>
    /// <param name="bytesMax">What is read at most.</param>
    public static void DrainRest(this HttpContext context, long bytesMax = GatewayLimits.BodyBytesDrainedMax)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = bytesMax;
        }
    }
}
