namespace EcosystemSilo.Grains.Interfaces.Notifications;

/// <summary>
/// One event on its way to one endpoint is a grain of its own, so that endpoints never wait for each other.
/// </summary>
public static class NotificationKey
{
    public const string Kind = "notification";

    public static GrainKey Of(EcosystemId ecosystem, EndpointId endpoint, PublishedEventId happened) =>
        new(ecosystem, Kind, $"{endpoint}.{happened}");
}
