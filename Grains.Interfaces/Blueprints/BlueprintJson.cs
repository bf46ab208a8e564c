using System.Text.Json.Serialization;

namespace EcosystemSilo.Grains.Interfaces.Blueprints;

[JsonSerializable(typeof(BlueprintDocument))]
internal sealed partial class BlueprintJson : JsonSerializerContext;
