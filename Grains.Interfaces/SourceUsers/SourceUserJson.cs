using System.Text.Json.Serialization;

namespace EcosystemSilo.Grains.Interfaces.SourceUsers;

[JsonSerializable(typeof(LinkUser))]
[JsonSerializable(typeof(UnlinkUser))]
[JsonSerializable(typeof(UserLinked))]
[JsonSerializable(typeof(UserUnlinked))]
[JsonSerializable(typeof(SourceUserView))]
internal sealed partial class SourceUserJson : JsonSerializerContext;
