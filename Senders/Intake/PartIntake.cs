using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Senders.Schemes;

namespace EcosystemSilo.Senders.Intake;

/// <summary>
/// Takes a delivery part by part: each is an event of its own, journalled while the next is read (docs/decisions/0008).
/// </summary>
public sealed class PartIntake(DeliveryIntake intake)
{
    /// <summary>The outcome of all parts together, or why one, and what follows it, was not taken.</summary>
    public async Task<(Taken? Taken, Rejected? Fault)> Take(Arrival arrival, IAsyncEnumerable<Part> parts)
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
