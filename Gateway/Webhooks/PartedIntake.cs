using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Senders.Intake;
using EcosystemSilo.Senders.Schemes;

namespace EcosystemSilo.Gateway.Webhooks;

/// <summary>
/// Takes a delivery that is too large for one append: each part is an event of its own, journalled while the next is
/// read, and the acknowledgement waits for all (docs/decisions/0008). Parts have ids of their own, so a delivery that
/// broke off in the middle is sent again without a second effect.
/// </summary>
internal sealed class PartedIntake(PartIntake parts)
{
    private readonly SemaphoreSlim _large = new(WebhookLimits.LargeAtOnceMax);

    /// <summary>The outcome of all parts together, or why one, and what follows it, was not taken.</summary>
    /// <exception cref="GrainUnavailableException">Too many large deliveries are under way.</exception>
    public async Task<(Taken? Taken, Rejected? Fault)> Take(Arrival arrival, Parted delivery, HttpContext context)
    {
        var (aborted, length) = (context.RequestAborted, context.Request.ContentLength);
        var isLarge = length is not <= WebhookLimits.BodyBytesMax;
        if (isLarge && !await _large.WaitAsync(WebhookLimits.LargePatience, aborted))
        {
            throw new GrainUnavailableException(
                $"{WebhookLimits.LargeAtOnceMax} large deliveries are under way; send it again soon."
            );
        }

        try
        {
            var bytesMax = WebhookSchemes.Find(arrival.Source.Scheme)!.Facts.BodyBytesMax;
            var body = delivery.Body is { } held ? new MemoryStream(held) : context.Request.Body;
            return await parts.Take(arrival, new PartReader(body, delivery.Shape, bytesMax).Read(aborted));
        }
        finally
        {
            if (isLarge)
            {
                _large.Release();
            }
        }
    }
}
