using System.Text.Json.Serialization;

namespace EcosystemSilo.Grains.Interfaces.WearableStreams;

[JsonSerializable(typeof(OpenStream))]
[JsonSerializable(typeof(FollowConsent))]
[JsonSerializable(typeof(StoreSamples))]
[JsonSerializable(typeof(DisconnectStream))]
[JsonSerializable(typeof(StartBackfill))]
[JsonSerializable(typeof(CompleteBackfill))]
[JsonSerializable(typeof(StreamOpened))]
[JsonSerializable(typeof(StreamUserNamed))]
[JsonSerializable(typeof(FlowAllowed))]
[JsonSerializable(typeof(FlowStopped))]
[JsonSerializable(typeof(SamplesStored))]
[JsonSerializable(typeof(SamplesRefused))]
[JsonSerializable(typeof(StreamWentLive))]
[JsonSerializable(typeof(StreamWentStale))]
[JsonSerializable(typeof(StreamDisconnected))]
[JsonSerializable(typeof(BackfillStarted))]
[JsonSerializable(typeof(BackfillCompleted))]
[JsonSerializable(typeof(WearableStreamView))]
[JsonSerializable(typeof(DaySummary))]
internal sealed partial class WearableStreamJson : JsonSerializerContext;
