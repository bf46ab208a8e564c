using System.Text.Json.Serialization;

namespace EcosystemSilo.Grains.Interfaces.Lifecycle;

[JsonSerializable(typeof(DeadlineReached))]
[JsonSerializable(typeof(CompleteItem))]
[JsonSerializable(typeof(AdvancePhase))]
[JsonSerializable(typeof(PhaseEntered))]
[JsonSerializable(typeof(ItemCompleted))]
[JsonSerializable(typeof(PhaseOverdue))]
[JsonSerializable(typeof(LifecycleView))]
internal sealed partial class LifecycleJson : JsonSerializerContext;
