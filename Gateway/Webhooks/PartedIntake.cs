using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Senders.Schemes;

namespace EcosystemSilo.Gateway.Webhooks;

/// <summary>
/// Takes a delivery that is too large for one append: each part is an event of its own, journalled while the next is
/// read, and the acknowledgement waits for all (docs/decisions/0008). Parts have ids of their own, so a delivery that
/// broke off in the middle is sent again without a second effect.
/// </summary>
internal sealed class PartedIntake(DeliveryIntake intake)
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
            return await TakeParts(arrival, new PartReader(body, delivery.Shape, bytesMax).Read(aborted));
        }
        finally
        {
            if (isLarge)
            {
                _large.Release();
            }
        }
    }

    private async Task<(Taken? Taken, Rejected? Fault)> TakeParts(Arrival arrival, IAsyncEnumerable<Part> parts)
    {
        var under = new Queue<(Task<Taken> Taking, int Bytes)>();
        var (count, isRepeat) = (0, true);
        var (bytes, refusal, fault) = (0, default(Refusal), default(Rejected));
        try
        {
            await foreach (var part in parts)
            {
                if (part.Event is not { } inbound)
                {
                    fault = part.Fault;
                    break;
                }

                while (under.Count > 0 && bytes + part.Bytes > WebhookLimits.PartBytesUnderWayMax)
                {
                    await Settle();
                }

                under.Enqueue((intake.TakeOne(arrival, inbound, CancellationToken.None), part.Bytes));
                bytes += part.Bytes;
            }
        }
        finally
        {
            while (under.Count > 0)
            {
                await Settle();
            }
        }

        return fault is not null
            ? (null, fault)
            : (new Taken(isRepeat && count > 0 ? Outcome.Repeated : Outcome.Received, refusal), null);

        async Task Settle()
        {
            var (taking, size) = under.Dequeue();
            bytes -= size;
            var taken = await taking;
            refusal ??= taken.Refusal;
            isRepeat &= taken.Outcome == Outcome.Repeated;
            count++;
        }
    }
}
