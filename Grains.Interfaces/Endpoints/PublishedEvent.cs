using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;

namespace EcosystemSilo.Grains.Interfaces.Endpoints;

/// <summary>
/// An event that is told to others: under which type, of which kind of grain, and in what form. The form is that of
/// Standard Webhooks, <c>{type, timestamp, data}</c>; data is the stored event with the id and version of its grain.
/// </summary>
/// <param name="Type">The public name, for example <c>deal.won</c>.</param>
/// <param name="Kind">The kind of grain that it happens to.</param>
/// <param name="Means">What has happened, in a sentence.</param>
/// <param name="Sample">An event of this type; its class is the one that is published.</param>
public sealed record PublishedEvent(string Type, string Kind, string Means, IEvent Sample)
{
    /// <summary>Standard Webhooks, "Payload structure", asks for less than 20 KB.</summary>
    public const int BodyCharsMax = 20_000;

    /// <summary>Who acted may be a person, and is nobody else's business.</summary>
    private const string Actor = "by";

    private static readonly DateTimeOffset SampleTime = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    private static readonly JsonSchemaExporterOptions SchemaOptions = new()
    {
        TreatNullObliviousAsNonNullable = true,
        TransformSchemaNode = NameIds,
    };

    /// <summary>The text that is sent. Beyond the bound the event's own fields are left out.</summary>
    public string Body(string id, long version, DateTimeOffset at, IEvent happened)
    {
        var data = new JsonObject { ["id"] = id, ["version"] = version };
        var fields = JsonSerializer.SerializeToNode(happened, Wire.Of(happened).Json)!.AsObject();
        foreach (var (name, value) in fields.Where(field => field.Key != Actor))
        {
            data[name] = value?.DeepClone();
        }

        var body = Write(at, data);
        return body.Length <= BodyCharsMax
            ? body
            : Write(
                at,
                new JsonObject
                {
                    ["id"] = id,
                    ["version"] = version,
                    ["truncated"] = true,
                }
            );
    }

    /// <summary>A body as it would be sent.</summary>
    public string Example() => Body("example-1", 3, SampleTime, Sample);

    /// <summary>The JSON schema (2020-12) of the body.</summary>
    public JsonObject Schema()
    {
        var data = Wire.Options.GetJsonSchemaAsNode(Sample.GetType(), SchemaOptions).AsObject();
        data["type"] = "object";
        var fields = data["properties"]?.AsObject() ?? [];
        fields.Remove(Actor);
        fields.Insert(0, "id", new JsonObject { ["type"] = "string" });
        fields.Insert(1, "version", new JsonObject { ["type"] = "integer" });
        data["properties"] = fields;
        var required = data["required"]?.AsArray().Select(name => name!.GetValue<string>()) ?? [];
        data["required"] = new JsonArray(["id", "version", .. required.Where(name => name != Actor)]);
        return new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = Type,
            ["description"] = Means,
            ["type"] = "object",
            ["properties"] = new JsonObject
            {
                ["type"] = new JsonObject { ["const"] = Type },
                ["timestamp"] = new JsonObject { ["type"] = "string", ["format"] = "date-time" },
                ["data"] = data,
            },
            ["required"] = new JsonArray("type", "timestamp", "data"),
        };
    }

    private string Write(DateTimeOffset at, JsonObject data) =>
        new JsonObject
        {
            ["type"] = Type,
            ["timestamp"] = at,
            ["data"] = data,
        }.ToJsonString();

    /// <summary>The exporter cannot look into a converter, and says of an id that it may be anything.</summary>
    private static JsonNode NameIds(JsonSchemaExporterContext context, JsonNode schema)
    {
        var type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        var isId = type.GetInterfaces()
            .Any(other => other.IsGenericType && other.GetGenericTypeDefinition() == typeof(IId<>));
        return isId ? new JsonObject { ["type"] = "string", ["maxLength"] = Ids.LengthMax } : schema;
    }
}
