namespace EcosystemSilo.Grains.Interfaces.Endpoints;

public static class EndpointKey
{
    public const string Kind = "endpoint";

    /// <summary>Leaves room for an event's id behind it in the id of a notification.</summary>
    public const int IdLengthMax = 40;

    public static GrainKey Of(EcosystemId ecosystem, EndpointId endpoint) => new(ecosystem, Kind, endpoint.Value);
}
