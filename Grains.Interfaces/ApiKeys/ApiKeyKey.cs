namespace EcosystemSilo.Grains.Interfaces.ApiKeys;

public static class ApiKeyKey
{
    public const string Kind = "api-key";

    public static GrainKey Of(EcosystemId ecosystem, ApiKeyId key) => new(ecosystem, Kind, key.Value);
}
