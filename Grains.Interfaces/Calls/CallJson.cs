using System.Text.Json.Serialization;

namespace EcosystemSilo.Grains.Interfaces.Calls;

[JsonSerializable(typeof(Accepted))]
[JsonSerializable(typeof(Refused))]
[JsonSerializable(typeof(Unavailable))]
[JsonSerializable(typeof(Overloaded))]
[JsonSerializable(typeof(RunAgain))]
[JsonSerializable(typeof(Failed))]
[JsonSerializable(typeof(Ask))]
internal sealed partial class CallJson : JsonSerializerContext;
