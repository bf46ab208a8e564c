using System.Text.Json.Serialization;

namespace EcosystemSilo.Grains.Interfaces.Notifications;

[JsonSerializable(typeof(SendNotification))]
[JsonSerializable(typeof(RecordAttempt))]
[JsonSerializable(typeof(ResendNotification))]
[JsonSerializable(typeof(CancelNotification))]
[JsonSerializable(typeof(NotificationCreated))]
[JsonSerializable(typeof(NotificationDelivered))]
[JsonSerializable(typeof(NotificationAttemptFailed))]
[JsonSerializable(typeof(NotificationFailed))]
[JsonSerializable(typeof(NotificationRequeued))]
[JsonSerializable(typeof(NotificationCancelled))]
[JsonSerializable(typeof(NotificationView))]
internal sealed partial class NotificationJson : JsonSerializerContext;
