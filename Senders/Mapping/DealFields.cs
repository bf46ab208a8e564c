using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Deals;
using EcosystemSilo.Senders.Json;

namespace EcosystemSilo.Senders.Mapping;

/// <summary>Reads what REST requests and webhook events say of a deal in the same words.</summary>
public static class DealFields
{
    public static RegisterDeal ReadRegistration(Fields fields) =>
        new(fields.Id<PartnerId>("partner"), ReadCustomer(fields), ReadProduct(fields), fields.OptionalMoney("amount"));

    public static Customer ReadCustomer(Fields fields) =>
        fields.Object(
            "customer",
            customer =>
            {
                var name = customer.Text("name", FieldLimits.NameLengthMax);
                var domain = customer.Text("domain", FieldLimits.DomainLengthMax);
                if (domain.Length > 0 && CustomerDomain.Normalise(domain) is null)
                {
                    customer.Blame("domain", FieldCodes.FieldInvalid, CustomerDomain.Rule);
                }

                return new Customer(name, domain);
            }
        ) ?? new Customer("", "");

    /// <summary>A product's id, or its name: "Enterprise Edition" and "enterprise-edition" are the same.</summary>
    private static ProductId ReadProduct(Fields fields)
    {
        var text = fields.Text("product", Ids.LengthMax);
        if (Ids.TryParse<ProductId>(Slug(text), out var product) || text.Length == 0)
        {
            return product;
        }

        fields.Blame("product", FieldCodes.FieldInvalid, $"must have {Ids.Rule}.");
        return default;
    }

    private static string Slug(string text) =>
        string.Join('-', text.ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
