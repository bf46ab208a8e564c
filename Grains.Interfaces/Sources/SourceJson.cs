using System.Text.Json.Serialization;

namespace EcosystemSilo.Grains.Interfaces.Sources;

[JsonSerializable(typeof(CreateSource))]
[JsonSerializable(typeof(RotateSecret))]
[JsonSerializable(typeof(ChangeMapping))]
[JsonSerializable(typeof(ChangeSettings))]
[JsonSerializable(typeof(SourceCreated))]
[JsonSerializable(typeof(SecretRotated))]
[JsonSerializable(typeof(MappingChanged))]
[JsonSerializable(typeof(SettingsChanged))]
[JsonSerializable(typeof(SourceView))]
internal sealed partial class SourceJson : JsonSerializerContext;
