using System.Text.Json;
using EcosystemSilo.Senders.Json;

namespace EcosystemSilo.Senders.Schemes;

/// <summary>
/// A CloudEvent as a JSON object (github.com/cloudevents/spec, json-format.md), alone or in a batch. Members that are
/// null are absent.
/// </summary>
internal static class CloudEventJson
{
    private const string Data = "data";
    private const string DataBase64 = "data_base64";

    public static Rejected? Read(JsonElement element, string path, out InboundEvent read)
    {
        read = null!;
        if (element.ValueKind != JsonValueKind.Object)
        {
            return Rejections.BodyMalformed(path, "an object");
        }

        var attributes = new CloudEventAttributes($"{path}.");
        var (data, base64) = (default(JsonElement), default(JsonElement));
        foreach (var member in element.EnumerateObject())
        {
            if (member.Value.ValueKind == JsonValueKind.Null)
            {
                continue;
            }

            if (member.NameEquals(Data))
            {
                data = member.Value;
            }
            else if (member.NameEquals(DataBase64))
            {
                base64 = member.Value;
            }
            else if (AddAttribute(attributes, member, path) is { } refused)
            {
                return refused;
            }
        }

        return ReadData(attributes, path, data, base64, out var content) ?? attributes.Finish(content, out read);
    }

    private static Rejected? AddAttribute(CloudEventAttributes attributes, JsonProperty member, string path)
    {
        var isCore = member.Name is "id" or "source" or "specversion" or "type" or "time" or "subject";
        var isText = member.Value.ValueKind == JsonValueKind.String;
        var isExtensionValue =
            member.Value.ValueKind is JsonValueKind.True or JsonValueKind.False
            || (member.Value.ValueKind == JsonValueKind.Number && member.Value.TryGetInt32(out _));
        if (!isText && (isCore || !isExtensionValue))
        {
            var expected = isCore ? "a text" : "a text, a 32-bit whole number, or true or false";
            return Rejections.AttributeInvalid(StrictJson.Shorten($"{path}.{member.Name}"), expected);
        }

        var isTruth = member.Value.ValueKind is JsonValueKind.True or JsonValueKind.False;
        return attributes.Add(member.Name, isTruth ? member.Value.GetRawText() : member.Value.ToString());
    }

    private static Rejected? ReadData(
        CloudEventAttributes attributes,
        string path,
        JsonElement data,
        JsonElement base64,
        out JsonElement content
    )
    {
        content = data;
        if (base64.ValueKind == JsonValueKind.Undefined)
        {
            return null;
        }

        if (data.ValueKind != JsonValueKind.Undefined)
        {
            return Rejections.BodyMalformed($"{path}.{DataBase64}", "absent where data is present");
        }

        if (base64.ValueKind != JsonValueKind.String || !base64.TryGetBytesFromBase64(out var bytes))
        {
            return Rejections.BodyMalformed($"{path}.{DataBase64}", "base64");
        }

        return CloudEventData.Read(bytes, attributes.DataContentType, out content);
    }
}
