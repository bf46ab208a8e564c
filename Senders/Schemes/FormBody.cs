using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using EcosystemSilo.Senders.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace EcosystemSilo.Senders.Schemes;

/// <summary>Reads a form (application/x-www-form-urlencoded) as a JSON object of texts.</summary>
internal static class FormBody
{
    private const string MediaType = "application/x-www-form-urlencoded";

    public static bool IsForm(string? contentType) =>
        contentType?.StartsWith(MediaType, StringComparison.OrdinalIgnoreCase) == true;

    public static Rejected? Parse(InboundRequest request, out JsonElement body)
    {
        body = default;
        if (!IsForm(request.ContentType))
        {
            return Rejections.ContentTypeUnsupported(MediaType);
        }

        if (!Utf8.IsValid(request.Body.Span))
        {
            return Rejections.BodyMalformed("$", "a form in UTF-8");
        }

        var fields = new JsonObject();
        foreach (var (name, values) in QueryHelpers.ParseQuery(Encoding.UTF8.GetString(request.Body.Span)))
        {
            if (
                fields.Count == WebhookLimits.AttributesMax
                || values.Count != 1
                || !IsClean(name)
                || !IsClean(values[0])
            )
            {
                return Rejections.BodyMalformed(
                    "$",
                    $"a form of up to {WebhookLimits.AttributesMax} clean fields, each there once"
                );
            }

            fields[name] = values[0];
        }

        body = JsonSerializer.SerializeToElement(fields);
        return null;
    }

    private static bool IsClean(string? text) =>
        text is not null && text.Length <= WebhookLimits.AttributeCharsMax && CleanText.IsClean(text);
}
