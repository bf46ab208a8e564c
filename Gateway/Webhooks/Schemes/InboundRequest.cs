using System.Text.Json;

namespace EcosystemSilo.Gateway.Webhooks.Schemes;

/// <summary>What the sender sent, untouched.</summary>
/// <param name="Url">The absolute URL as the sender used it, query included; behind a proxy the public one.</param>
/// <param name="Body">The exact bytes received: signatures are over these, never over re-serialised JSON.</param>
public sealed record InboundRequest(
    string Method,
    string Url,
    IHeaderDictionary Headers,
    ReadOnlyMemory<byte> Body,
    string? ContentType
);

/// <summary>One event of a delivery.</summary>
/// <param name="Id">Unique per source and the same over retries; at most <see
/// cref="WebhookLimits.IdCharsMax"/>.</param>
/// <param name="OccurredAt">When it happened by the sender's word, UTC; null when the sender does not say.</param>
/// <param name="Data">The event's own JSON; text that is not JSON stands as a string, other bytes as base64.</param>
/// <param name="Hash">SHA-256 that tells a repeat from another event under the same id.</param>
public sealed record InboundEvent(
    string Id,
    string Type,
    DateTimeOffset? OccurredAt,
    JsonElement Data,
    ReadOnlyMemory<byte> Hash
);
