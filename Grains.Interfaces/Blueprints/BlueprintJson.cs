using System.Text.Json.Serialization;

namespace EcosystemSilo.Grains.Interfaces.Blueprints;

[JsonSerializable(typeof(BlueprintDocument))]
[JsonSerializable(typeof(PublishBlueprint))]
[JsonSerializable(typeof(BlueprintPublished))]
[JsonSerializable(typeof(BlueprintView))]
internal sealed partial class BlueprintJson : JsonSerializerContext;
