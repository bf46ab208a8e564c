using System.Text.Json.Serialization;

namespace EcosystemSilo.Grains.Interfaces.Endpoints;

[JsonSerializable(typeof(CreateEndpoint))]
[JsonSerializable(typeof(ChangeEndpoint))]
[JsonSerializable(typeof(RotateEndpointSecret))]
[JsonSerializable(typeof(DisableEndpoint))]
[JsonSerializable(typeof(EnableEndpoint))]
[JsonSerializable(typeof(DeleteEndpoint))]
[JsonSerializable(typeof(NoteFailure))]
[JsonSerializable(typeof(NoteSuccess))]
[JsonSerializable(typeof(NoteCaughtUp))]
[JsonSerializable(typeof(EndpointCreated))]
[JsonSerializable(typeof(EndpointChanged))]
[JsonSerializable(typeof(EndpointSecretRotated))]
[JsonSerializable(typeof(EndpointDisabled))]
[JsonSerializable(typeof(EndpointEnabled))]
[JsonSerializable(typeof(EndpointDeleted))]
[JsonSerializable(typeof(EndpointFailing))]
[JsonSerializable(typeof(EndpointRecovered))]
[JsonSerializable(typeof(EndpointCaughtUp))]
[JsonSerializable(typeof(EndpointView))]
internal sealed partial class EndpointJson : JsonSerializerContext;
