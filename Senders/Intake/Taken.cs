using System.Security.Cryptography;
using System.Text;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Senders.Secrets;

namespace EcosystemSilo.Senders.Intake;

/// <summary>What became of a delivery by the time it was acknowledged.</summary>
public enum Outcome
{
    /// <summary>The command that it stands for has taken effect.</summary>
    Applied,

    /// <summary>It had been taken before; the first answer stands.</summary>
    Repeated,

    /// <summary>A batch: journalled whole, handed on part by part.</summary>
    Received,

    /// <summary>No command is mapped to its type.</summary>
    Ignored,

    /// <summary>It could not be applied; somebody can mend the cause and replay it.</summary>
    DeadLettered,

    /// <summary>About nobody known here who agreed to it: counted, not kept.</summary>
    Refused,
}

/// <summary>The intake's answer: an outcome, or the refusal of an id that was used for another body.</summary>
public sealed record Taken(Outcome Outcome, Refusal? Refusal = null)
{
    public static Taken By(Reply reply, Outcome outcome) =>
        reply switch
        {
            Accepted { Repeated: true } => new Taken(Outcome.Repeated),
            Accepted => new Taken(outcome),
            Refused { Refusal: var refusal } => new Taken(outcome, refusal),
            _ => throw new InvalidOperationException($"{reply.GetType().Name} is not a reply that the intake knows."),
        };

    /// <summary>The outcome of the parts of one delivery: a repeat only if all of them are.</summary>
    public static Taken All(IReadOnlyCollection<Taken> parts) =>
        parts.Count == 0
            ? new Taken(Outcome.Ignored)
            : new Taken(
                parts.Select(part => part.Outcome).Distinct().Count() == 1 ? parts.First().Outcome : Outcome.Received,
                parts.Select(part => part.Refusal).FirstOrDefault(refusal => refusal is not null)
            );
}

/// <summary>The id of the delivery grain for a sender's id, which may hold characters that our ids may not.</summary>
public static class DeliveryIds
{
    /// <summary>120 bits: two of a source's ids never meet.</summary>
    private const int Bytes = 15;

    public static DeliveryId Of(SourceId source, string senderId)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{source}\n{senderId}"));
        return new DeliveryId($"in-{Base32.Encode(hash.AsSpan(0, Bytes))}");
    }
}
