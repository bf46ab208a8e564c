using EcosystemSilo.Senders.Payloads;

namespace EcosystemSilo.Senders.Schemes;

/// <summary>
/// How one kind of sender proves who it is and shapes its deliveries. Pure: no I/O, no clock. A scheme judges in this
/// order, so that a stranger costs little and learns nothing: size, headers, timestamp, signature, and only then the
/// body. Nothing it returns holds on to the request's buffer or names anything of a secret.
/// </summary>
public interface IWebhookScheme
{
    /// <summary>The name a source carries, for example <c>standard-webhooks</c>.</summary>
    string Name { get; }

    /// <summary>What people and the gateway need to know of it.</summary>
    SchemeFacts Facts { get; }

    /// <summary>Reads the values of a wearable's sender; null for senders of other things.</summary>
    IPayloadReader? Payload => null;

    /// <param name="secrets">Every secret valid at <paramref name="now"/>: two while a rotation overlaps.</param>
    Verdict Verify(InboundRequest request, IReadOnlyList<SourceSecret> secrets, DateTimeOffset now);

    /// <summary>
    /// Reads a delivery as <see cref="Verify"/> does, of which somebody else has made sure who sent it: an event hub.
    /// </summary>
    /// <param name="id">What the delivery is known by, for schemes that have their ids beside the body.</param>
    Verdict Read(InboundRequest request, string id) => Rejections.NotByHub();

    /// <summary>
    /// Answers a GET, HEAD or OPTIONS by which the sender makes sure of the address; such a request has no effect.
    /// </summary>
    Verdict Greet(InboundRequest request, IReadOnlyList<SourceSecret> secrets) => Rejections.MethodNotAllowed();

    /// <summary>A fresh random secret as the text that is shown to the sender once.</summary>
    string NewSecret() => VendorSecret.New();

    /// <summary>Reads the text of a secret; null when it is not one of this scheme.</summary>
    SourceSecret? ReadSecret(string text) => VendorSecret.Read(text);

    /// <summary>The headers that make a delivery valid, content type included.</summary>
    IReadOnlyDictionary<string, string> Sign(OutboundDelivery delivery, SourceSecret secret);
}

/// <summary>What a sender is about to send. Id and At go where the scheme has a place for them.</summary>
public sealed record OutboundDelivery(
    string Method,
    string Url,
    ReadOnlyMemory<byte> Body,
    string Id,
    DateTimeOffset At
);

/// <summary>The key of a source in the form its scheme computes with. Never printed.</summary>
/// <param name="isPublic">Whether it is the public half of a pair, which nothing may be signed with.</param>
/// <param name="isPrivate">Whether it is the private half of a pair, of our own notifications.</param>
public sealed class SourceSecret(byte[] key, bool isPublic = false, bool isPrivate = false)
{
    internal bool IsPublic => isPublic;

    internal bool IsPrivate => isPrivate;

    internal ReadOnlySpan<byte> Key => key;

    public override string ToString() => "(secret)";
}
