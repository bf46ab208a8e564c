using System.Text.Json.Serialization;

namespace EcosystemSilo.Grains.Interfaces.Deliveries;

[JsonSerializable(typeof(ReceiveDelivery))]
[JsonSerializable(typeof(IgnoreDelivery))]
[JsonSerializable(typeof(BuryDelivery))]
[JsonSerializable(typeof(RefuseDelivery))]
[JsonSerializable(typeof(DeliveryRefused))]
[JsonSerializable(typeof(RecordReplay))]
[JsonSerializable(typeof(DeliveryReceived))]
[JsonSerializable(typeof(DeliveryIgnored))]
[JsonSerializable(typeof(DeliveryBuried))]
[JsonSerializable(typeof(DeliveryReplayed))]
[JsonSerializable(typeof(DeliveryReplayRefused))]
[JsonSerializable(typeof(DeliveryView))]
[JsonSerializable(typeof(SealedCommand))]
internal sealed partial class DeliveryJson : JsonSerializerContext;
