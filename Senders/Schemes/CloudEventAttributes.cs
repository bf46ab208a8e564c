using System.Text.Json;
using EcosystemSilo.Senders.Json;
using Microsoft.Net.Http.Headers;

namespace EcosystemSilo.Senders.Schemes;

/// <summary>
/// The context attributes of one CloudEvent, gathered from headers or from JSON and judged by the same rules
/// (github.com/cloudevents/spec, spec.md, "Context Attributes"; the refusals are those of cloudevents/conformance).
/// </summary>
/// <param name="fieldPrefix">What stands before an attribute's name where it was sent: <c>ce-</c> or
/// <c>$[3].</c></param>
internal sealed class CloudEventAttributes(string fieldPrefix)
{
    private const string VisibleText = "a non-empty text without control characters";

    private readonly SortedDictionary<string, string> _values = new(StringComparer.Ordinal);

    public string? DataContentType => _values.GetValueOrDefault("datacontenttype");

    public Rejected? Add(string name, string value)
    {
        var field = fieldPrefix + name;
        if (name.Length == 0 || !name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c)) || name == "data")
        {
            return Rejections.AttributeNameInvalid(StrictJson.Shorten(field));
        }

        if (value.Length > WebhookLimits.AttributeCharsMax || value.Any(char.IsControl))
        {
            return Rejections.AttributeInvalid(
                StrictJson.Shorten(field),
                $"a text of up to {WebhookLimits.AttributeCharsMax} characters without control characters"
            );
        }

        if (_values.Count == WebhookLimits.AttributesMax || !_values.TryAdd(name, value))
        {
            return Rejections.AttributeInvalid(StrictJson.Shorten(field), "one of a few attributes, each there once");
        }

        return null;
    }

    /// <summary>The event, or what is wrong with its attributes.</summary>
    /// <param name="data">Undefined when the event has none.</param>
    public Rejected? Finish(JsonElement data, out InboundEvent read)
    {
        read = null!;
        if (CheckRequired() is { } refused)
        {
            return refused;
        }

        if (CheckOptional(out var occurredAt) is { } invalid)
        {
            return invalid;
        }

        // A source is a URI reference, so it holds no space and the joined id names one event only.
        var id = EventFields.JoinId(' ', [_values["source"], _values["id"]]);
        var content = data.ValueKind == JsonValueKind.Undefined ? JsonElement.Parse("null"u8) : data;
        read = new InboundEvent(id, _values["type"], occurredAt, content, ContentHash.Of(_values, content));
        return null;
    }

    private Rejected? CheckRequired() =>
        RequireText("specversion")
        ?? Require("specversion", "1.0", value => value == "1.0")
        ?? RequireText("id")
        ?? RequireText("source")
        ?? Require("source", "a URI reference", value => IsUri(value, UriKind.RelativeOrAbsolute))
        ?? RequireText("type")
        ?? Require("type", EventFields.TypeExpected, value => value.Length <= WebhookLimits.TypeCharsMax);

    private Rejected? CheckOptional(out DateTimeOffset? occurredAt)
    {
        occurredAt = null;
        if (_values.TryGetValue("time", out var time))
        {
            if (!Rfc3339.TryParse(time, out var read))
            {
                return Rejections.AttributeInvalid($"{fieldPrefix}time", "a time as in RFC 3339");
            }

            occurredAt = read;
        }

        return Require("subject", VisibleText, value => value.Length > 0)
            ?? Require("dataschema", "an absolute URI", value => IsUri(value, UriKind.Absolute))
            ?? Require("datacontenttype", "a media type", value => MediaTypeHeaderValue.TryParse(value, out _));
    }

    private Rejected? RequireText(string name) =>
        !_values.TryGetValue(name, out var value) ? Rejections.AttributeMissing(fieldPrefix + name)
        : value.Length == 0 ? Rejections.AttributeInvalid(fieldPrefix + name, VisibleText)
        : null;

    private Rejected? Require(string name, string expected, Func<string, bool> isValid) =>
        _values.TryGetValue(name, out var value) && !isValid(value)
            ? Rejections.AttributeInvalid(fieldPrefix + name, expected)
            : null;

    private static bool IsUri(string value, UriKind kind) =>
        !value.Any(char.IsWhiteSpace) && value.Length > 0 && Uri.TryCreate(value, kind, out _);
}
