using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace EcosystemSilo.Senders.Schemes;

/// <summary>The checks that every scheme makes before it looks at a body.</summary>
internal static class Admission
{
    /// <summary>
    /// Size and encoding. Nothing is ever decompressed, so a compressed bomb stays its compressed size.
    /// </summary>
    public static Rejected? CheckBody(InboundRequest request, int bytesMax = WebhookLimits.BodyBytesMax)
    {
        if (request.Body.Length > bytesMax)
        {
            return Rejections.BodyTooLarge(bytesMax);
        }

        var encoding = request.Headers.ContentEncoding;
        return encoding.Count == 0 || string.Equals(encoding, "identity", StringComparison.OrdinalIgnoreCase)
            ? null
            : Rejections.EncodingUnsupported();
    }

    /// <summary>
    /// Headers that must stand exactly once: twice would let two readers disagree on which one counts.
    /// </summary>
    public static Rejected? CheckHeaders(IHeaderDictionary headers, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            var values = headers[name];
            if (values.Count > 1)
            {
                return Rejections.HeaderRepeated(name);
            }

            if (string.IsNullOrEmpty(values))
            {
                return Rejections.SignatureMissing(name);
            }
        }

        return null;
    }

    /// <param name="header">Present once.</param>
    /// <param name="unit">One second or one millisecond, whichever the sender counts since 1970.</param>
    public static Rejected? CheckTimestamp(InboundRequest request, string header, TimeSpan unit, DateTimeOffset now) =>
        CheckTimestamp(request.Headers[header].ToString(), header, unit, WebhookLimits.TimestampTolerance, now);

    /// <param name="text">The timestamp, which stands somewhere in the header.</param>
    /// <param name="accepted">How far it may be off, both ways.</param>
    public static Rejected? CheckTimestamp(
        ReadOnlySpan<char> text,
        string header,
        TimeSpan unit,
        TimeSpan accepted,
        DateTimeOffset now
    )
    {
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var sent))
        {
            return Rejections.TimestampMalformed(header, unit == TimeSpan.FromSeconds(1) ? "seconds" : "milliseconds");
        }

        // Compared in the sender's unit: converting a hostile number to a date could overflow.
        var tolerance = accepted / unit;
        var age = (now - DateTimeOffset.UnixEpoch) / unit - sent;
        return age > tolerance ? Rejections.TimestampStale(header, accepted)
            : age < -tolerance ? Rejections.TimestampFuture(header, accepted)
            : null;
    }

    /// <summary>JSON in UTF-8. A signed delivery without a content type passes: its body speaks for itself.</summary>
    public static Rejected? CheckJson(string? contentType) =>
        string.IsNullOrEmpty(contentType) || IsJson(contentType)
            ? null
            : Rejections.ContentTypeUnsupported("application/json, in UTF-8");

    public static bool IsJson(string contentType) =>
        // Nearly every sender writes exactly this; only the others pay for parsing.
        string.Equals(contentType, "application/json", StringComparison.OrdinalIgnoreCase)
        || (
            MediaTypeHeaderValue.TryParse(contentType, out var type)
            && (
                type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase)
                || type.SubType.Equals("json", StringComparison.OrdinalIgnoreCase)
            )
            && IsUtf8(type)
        );

    public static bool IsUtf8(MediaTypeHeaderValue type) =>
        type.Charset.Length == 0
        || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)
        || type.Charset.Equals("\"utf-8\"", StringComparison.OrdinalIgnoreCase)
        || type.Charset.Equals("us-ascii", StringComparison.OrdinalIgnoreCase);
}
