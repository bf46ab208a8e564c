using System.Text.Json.Serialization;

namespace EcosystemSilo.Grains.Interfaces.Lists;

[JsonSerializable(typeof(Card))]
[JsonSerializable(typeof(PartnerCard))]
[JsonSerializable(typeof(DealCard))]
[JsonSerializable(typeof(CustomerProgramCard))]
[JsonSerializable(typeof(EnrolmentCard))]
[JsonSerializable(typeof(DeadLetterCard))]
[JsonSerializable(typeof(SourceCard))]
[JsonSerializable(typeof(EndpointCard))]
[JsonSerializable(typeof(NotificationCard))]
[JsonSerializable(typeof(ApiKeyCard))]
[JsonSerializable(typeof(StreamCard))]
[JsonSerializable(typeof(TimelineEntry))]
internal sealed partial class ListJson : JsonSerializerContext;
