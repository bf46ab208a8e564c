namespace EcosystemSilo.Grains.Interfaces.Deliveries;

/// <summary>
/// A webhook delivery that is more or less than one accepted command is a grain of its own, so that a busy source's
/// deliveries never wait for each other.
/// </summary>
public static class DeliveryKey
{
    public const string Kind = "delivery";

    public static GrainKey Of(EcosystemId ecosystem, DeliveryId delivery) => new(ecosystem, Kind, delivery.Value);
}
