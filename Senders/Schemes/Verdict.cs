using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace EcosystemSilo.Senders.Schemes;

/// <summary>What a scheme makes of a request: events that are the sender's, or a refusal.</summary>
public abstract record Verdict;

/// <summary>
/// A delivery of 0 to <see cref="WebhookLimits.EventsPerDeliveryMax"/> events. A delivery of one event carries that
/// event's id and hash, so it is recognised however it was sent; one of several carries ids made from the set.
/// </summary>
public sealed record Verified(string DeliveryId, ReadOnlyMemory<byte> Hash, IReadOnlyList<InboundEvent> Events)
    : Verdict
{
    /// <summary>
    /// The delivery that these events make. An event that stands in it twice counts once. The order of the events
    /// does not matter, because a sender may shuffle a batch when it retries.
    /// </summary>
    internal static Verified Of(IReadOnlyList<InboundEvent> events)
    {
        if (events.Count == 1)
        {
            return new Verified(events[0].Id, events[0].Hash, events);
        }

        var distinct = events.DistinctBy(e => (e.Id, Convert.ToHexString(e.Hash.Span))).ToArray();
        if (distinct.Length == 1)
        {
            return Of(distinct);
        }

        var sorted = distinct.OrderBy(e => e.Id, StringComparer.Ordinal).ThenBy(e => Convert.ToHexString(e.Hash.Span));
        var ids = new ArrayBufferWriter<byte>();
        var hashes = new ArrayBufferWriter<byte>();
        foreach (var e in sorted)
        {
            Encoding.UTF8.GetBytes(e.Id, ids);
            ids.Write("\n"u8);
            hashes.Write(e.Hash.Span);
        }

        var id = $"batch-{Convert.ToHexStringLower(SHA256.HashData(ids.WrittenSpan))}";
        hashes.Write(ids.WrittenSpan);
        return new Verified(id, SHA256.HashData(hashes.WrittenSpan), distinct);
    }
}

/// <summary>A delivery of a known sender whose body is to be taken apart, since it may be too large for one
/// append.</summary>
/// <param name="Body">Null when it is still to be read, because the sender proved itself before it.</param>
public sealed record Parted(PartShape Shape, byte[]? Body = null) : Verdict;

/// <summary>A handshake or a sign of life: answered, and nothing follows from it.</summary>
public sealed record Greeted(Answer Answer) : Verdict;

/// <summary>An answer in a sender's own form.</summary>
/// <param name="Headers">Beside the content type; null for none.</param>
public sealed record Answer(
    int Status,
    string? ContentType = null,
    string? Body = null,
    IReadOnlyDictionary<string, string>? Headers = null
)
{
    public static readonly Answer Ok = new(200);
    public static readonly Answer NoContent = new(204);
}

/// <param name="Status">The HTTP status: 400, 401, 403, 404, 405, 413 or 415.</param>
/// <param name="Code">Stable; see <see cref="Rejections"/>.</param>
/// <param name="Field">The header, or the JSON path, at fault.</param>
public sealed record Rejected(int Status, string Code, string Message, string? Field) : Verdict;
