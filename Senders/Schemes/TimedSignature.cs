using System.Globalization;

namespace EcosystemSilo.Senders.Schemes;

/// <summary>
/// A header of the form <c>t=1770000000,v1=hex,v1=hex</c>: HMAC-SHA256 over <c>t.body</c>, t in Unix seconds. Any
/// matching v1 passes; other versions are passed over.
/// </summary>
internal static class TimedSignature
{
    public static Rejected? Check(
        InboundRequest request,
        string header,
        IReadOnlyList<SourceSecret> secrets,
        TimeSpan tolerance,
        DateTimeOffset now
    )
    {
        if (Admission.CheckHeaders(request.Headers, header) is { } missing)
        {
            return missing;
        }

        var text = request.Headers[header].ToString();
        if (text.Length > WebhookLimits.SignatureHeaderCharsMax)
        {
            return Rejections.SignatureInvalid(header);
        }

        var items = text.Split(',', StringSplitOptions.TrimEntries);
        var times = items.Where(item => item.StartsWith("t=", StringComparison.Ordinal)).ToList();
        var timestamp = times.Count == 1 ? times[0][2..] : "";
        var candidates = items
            .Where(item => item.StartsWith("v1=", StringComparison.Ordinal))
            .Select(item => item[3..]);
        return Admission.CheckTimestamp(timestamp, header, TimeSpan.FromSeconds(1), tolerance, now)
            ?? (
                BodyMac.Sha256Hex.IsSigned(secrets, candidates, $"{timestamp}.", request.Body.Span)
                    ? null
                    : Rejections.SignatureInvalid(header)
            );
    }

    public static string Sign(OutboundDelivery delivery, SourceSecret secret)
    {
        var timestamp = delivery.At.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return $"t={timestamp},v1={BodyMac.Sha256Hex.Sign(secret, $"{timestamp}.", delivery.Body.Span)}";
    }
}
