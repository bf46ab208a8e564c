using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace EcosystemSilo.Senders.Schemes;

/// <summary>What the sender sent, untouched, and what this service knows of the way it came.</summary>
/// <param name="Url">The absolute URL as the sender used it, query included; behind a proxy the public one.</param>
/// <param name="Body">The exact bytes received: signatures are over these, never over re-serialised JSON.</param>
public sealed record InboundRequest(
    string Method,
    string Url,
    IHeaderDictionary Headers,
    ReadOnlyMemory<byte> Body,
    string? ContentType
)
{
    /// <summary>The last part of the address, for sources whose secret stands in it; null without one.</summary>
    public string? AddressToken { get; init; }

    /// <summary>Who is connected, or whom a trusted proxy names; null when that is not known.</summary>
    public IPAddress? From { get; init; }

    /// <summary>What the source's owner has set for its scheme.</summary>
    public SourceSettings Settings { get; init; } = SourceSettings.None;

    /// <summary>The parameters of the query, decoded; a repeated one stands as several values.</summary>
    internal Dictionary<string, StringValues> Query =>
        Url.IndexOf('?') is >= 0 and var at ? QueryHelpers.ParseQuery(Url[at..]) : [];
}

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
)
{
    /// <summary>Whom it is about, where the address says so and not the body; null otherwise.</summary>
    public string? User { get; init; }
}
