using System.Text;
using System.Text.Unicode;

namespace EcosystemSilo.Senders.Schemes;

/// <summary>
/// A CloudEvent whose attributes are <c>ce-*</c> headers and whose data is the body
/// (github.com/cloudevents/spec, http-protocol-binding.md section 3.1).
/// </summary>
internal static class CloudEventBinary
{
    private const string Prefix = "ce-";

    public static Rejected? Read(InboundRequest request, out InboundEvent read)
    {
        read = null!;
        var attributes = new CloudEventAttributes(Prefix);
        foreach (var (header, values) in request.Headers)
        {
            if (!header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            if (AddAttribute(attributes, header[Prefix.Length..].ToLowerInvariant(), values) is { } refused)
            {
                return refused;
            }
        }

        if (!string.IsNullOrEmpty(request.ContentType))
        {
            if (attributes.Add("datacontenttype", request.ContentType) is { } invalid)
            {
                return invalid;
            }
        }

        return CloudEventData.Read(request.Body.Span, request.ContentType, out var content)
            ?? attributes.Finish(content, out read);
    }

    private static Rejected? AddAttribute(
        CloudEventAttributes attributes,
        string name,
        Microsoft.Extensions.Primitives.StringValues values
    )
    {
        if (values.Count != 1)
        {
            return Rejections.HeaderRepeated(Prefix + name);
        }

        if (name == "datacontenttype")
        {
            return Rejections.AttributeInvalid(Prefix + name, "sent as Content-Type");
        }

        return TryDecode(values[0] ?? "", out var value)
            ? attributes.Add(name, value)
            : Rejections.AttributeInvalid(Prefix + name, "percent-encoded UTF-8");
    }

    /// <summary>
    /// Undoes double quotes, then one round of percent-encoding (section 3.1.3.2); false for invalid UTF-8.
    /// </summary>
    private static bool TryDecode(string header, out string value)
    {
        var text = Unquote(header);
        value = text;
        if (!text.Contains('%'))
        {
            return true;
        }

        var source = Encoding.UTF8.GetBytes(text);
        var decoded = new byte[source.Length];
        var length = 0;
        for (var at = 0; at < source.Length; at++)
        {
            var unit = source[at];
            if (unit == '%')
            {
                var hex = source.AsSpan(at + 1);
                if (hex.Length < 2 || !char.IsAsciiHexDigit((char)hex[0]) || !char.IsAsciiHexDigit((char)hex[1]))
                {
                    return false;
                }

                unit = Convert.FromHexString([(char)hex[0], (char)hex[1]])[0];
                at += 2;
            }

            decoded[length++] = unit;
        }

        value = Encoding.UTF8.GetString(decoded, 0, length);
        return Utf8.IsValid(decoded.AsSpan(0, length));
    }

    /// <summary>
    /// A quoted string of RFC 7230 section 3.2.6, as older senders write it; other text stays as it is.
    /// </summary>
    private static string Unquote(string header)
    {
        if (header.Length < 2 || header[0] != '"' || header[^1] != '"')
        {
            return header;
        }

        var text = new StringBuilder(header.Length);
        for (var at = 1; at < header.Length - 1; at++)
        {
            if (header[at] == '\\' && at + 1 < header.Length - 1)
            {
                at++;
            }

            text.Append(header[at]);
        }

        return text.ToString();
    }
}
