using EcosystemSilo.Gateway.Http;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Deals;
using EcosystemSilo.Senders.Json;
using EcosystemSilo.Senders.Mapping;

namespace EcosystemSilo.Gateway.Deals;

/// <summary>Registers a deal of a partner.</summary>
/// <param name="Partner">The partner that brings the deal.</param>
/// <param name="Customer">The end customer; its domain tells customers apart.</param>
/// <param name="Product">The product's id or name.</param>
/// <param name="Amount">What the deal is worth, in minor units.</param>
/// <param name="Id">The deal's id, for example your CRM's; left out, one is made.</param>
public sealed record RegisterDealRequest(
    PartnerId Partner,
    Customer Customer,
    ProductId Product,
    Money? Amount = null,
    DealId? Id = null
) : IRequest<RegisterDealRequest>
{
    public static RegisterDealRequest Read(Fields fields)
    {
        var command = DealFields.ReadRegistration(fields);
        return new RegisterDealRequest(
            command.Partner,
            command.Customer,
            command.Product,
            command.Amount,
            fields.OptionalId<DealId>("id")
        );
    }

    public RegisterDeal ToCommand() => new(Partner, Customer, Product, Amount);
}

/// <summary>Says why, for the partner to read.</summary>
public sealed record ReasonRequest(string Reason) : IRequest<ReasonRequest>
{
    public static ReasonRequest Read(Fields fields) => new(fields.Text("reason", FieldLimits.NoteLengthMax));
}

/// <summary>Says why, if there is something to say; the body may be left out.</summary>
public sealed record OptionalReasonRequest(string? Reason = null) : IRequest<OptionalReasonRequest>
{
    public static OptionalReasonRequest Read(Fields fields) =>
        new(fields.OptionalText("reason", FieldLimits.NoteLengthMax));
}

/// <summary>Submits a returned deal again, with what was corrected.</summary>
public sealed record ResubmitRequest(Money? Amount = null, string? Note = null) : IRequest<ResubmitRequest>
{
    public static ResubmitRequest Read(Fields fields) =>
        new(fields.OptionalMoney("amount"), fields.OptionalText("note", FieldLimits.NoteLengthMax));
}
