using System.Text.Json.Serialization;

namespace EcosystemSilo.Grains.Interfaces.Pauses;

[JsonSerializable(typeof(PauseGrain))]
[JsonSerializable(typeof(ResumeGrain))]
[JsonSerializable(typeof(GrainPaused))]
[JsonSerializable(typeof(GrainResumed))]
internal sealed partial class PauseJson : JsonSerializerContext;
