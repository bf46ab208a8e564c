namespace EcosystemSilo.Grains.Interfaces.Accounts;

/// <summary>An account is one end customer (normalised domain) and one product: the unit of exclusivity.</summary>
public static class AccountKey
{
    public const string Kind = "account";

    public static GrainKey Of(EcosystemId ecosystem, string domain, ProductId product) =>
        new(ecosystem, Kind, $"{domain}~{product.Value}");
}
