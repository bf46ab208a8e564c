using System.Globalization;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Deals;
using EcosystemSilo.Grains.Interfaces.Lifecycle;
using EcosystemSilo.Grains.Interfaces.Sources;
using EcosystemSilo.Senders.Json;

namespace EcosystemSilo.Senders.Mapping;

/// <summary>
/// HubSpot's deal events. They are thin (an object id and one property), so what a registration needs besides comes
/// from the source's mapping; what the mapping lacks is named in the dead letter.
/// </summary>
internal static class HubSpotDeals
{
    private const string DealIdDefault = "hubspot-{objectId}";

    /// <summary>HubSpot's own names of the properties, unless the mapping has others.</summary>
    private const string StagePropertyDefault = "dealstage";
    private const string AmountPropertyDefault = "amount";

    public static bool Knows(string type) => type is "deal.creation" or "deal.propertyChange";

    public static Meaning Map(EcosystemId ecosystem, SourceMapping mapping, Fields data)
    {
        var values = Placeholders.Of(data, "objectId", "portalId");
        if (!Ids.TryParse<DealId>(values.Fill(mapping.DealId ?? DealIdDefault), out var deal))
        {
            return Lacks("dealId", $"must make an id of {Ids.Rule}");
        }

        var key = DealKey.Of(ecosystem, deal);
        return data.OptionalText("propertyName", FieldLimits.NameLengthMax) switch
        {
            null => Register(key, mapping, values),
            var name when name == (mapping.StageProperty ?? StagePropertyDefault) => MoveStage(key, mapping, data),
            var name when name == (mapping.AmountProperty ?? AmountPropertyDefault) => ChangeAmount(key, mapping, data),
            _ => UnknownType.Instance,
        };
    }

    private static Meaning Register(GrainKey key, SourceMapping mapping, Placeholders values)
    {
        if (!Ids.TryParse<PartnerId>(values.Fill(mapping.Partner), out var partner))
        {
            return Lacks("partner", "must name the partner of new deals");
        }

        if (!Ids.TryParse<ProductId>(values.Fill(mapping.Product), out var product))
        {
            return Lacks("product", "must name the product of new deals");
        }

        return values.Fill(mapping.CustomerDomain) is { } domain && CustomerDomain.Normalise(domain) is not null
            ? new Mapped(
                key,
                new RegisterDeal(partner, new Customer(values.Fill(mapping.CustomerName) ?? domain, domain), product)
            )
            : Lacks(
                "customerDomain",
                "must give each new deal a customer domain of its own, for example 'customer-{objectId}.example'"
            );
    }

    private static Meaning MoveStage(GrainKey key, SourceMapping mapping, Fields data)
    {
        var stage = data.Text("propertyValue", FieldLimits.NameLengthMax);
        return mapping.Stages?.GetValueOrDefault(stage) switch
        {
            null => Lacks("stages", $"does not say what the stage '{stage}' means"),
            "won" => new Mapped(key, new WinDeal()),
            "lost" => new Mapped(key, new LoseDeal()),
            var word when Words<Phase>.TryParse(word, out var phase) => new Mapped(key, new AdvancePhase(phase)),
            var word => Lacks("stages", $"maps '{stage}' to '{word}', which is no phase, 'won' or 'lost'"),
        };
    }

    /// <summary>
    /// HubSpot sends amounts as text in major units, for example "12500.50", and an empty one for an amount that was
    /// cleared.
    /// </summary>
    private static Meaning ChangeAmount(GrainKey key, SourceMapping mapping, Fields data)
    {
        if (data.IsEmpty("propertyValue"))
        {
            return new Mapped(key, new ClearDealAmount());
        }

        if (mapping.Currency is not { } currency || !Currencies.Has(currency))
        {
            return Lacks("currency", "must name the ISO 4217 currency of amounts, for example 'USD'");
        }

        var text = data.OptionalScalar("propertyValue", FieldLimits.NameLengthMax);
        if (ReadMinor(text, Currencies.MinorUnits(currency)) is { } minor)
        {
            return new Mapped(key, new ChangeDealAmount(new Money(minor, currency)));
        }

        data.Blame(
            "propertyValue",
            FieldCodes.MoneyInvalid,
            $"must be an amount of {currency} with at most {Currencies.Decimals(currency)} decimals."
        );
        return UnknownType.Instance;
    }

    /// <summary>The amount in minor units; null when it is none, too large, or not a whole number of them.</summary>
    private static long? ReadMinor(string? text, long unitsOfOne) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)
        // Compared before it is multiplied: a decimal of 29 digits has no room for more.
        && amount <= FieldLimits.MoneyMinorMax / unitsOfOne
        && decimal.IsInteger(amount * unitsOfOne)
            ? (long)(amount * unitsOfOne)
            : null;

    private static Unmappable Lacks(string setting, string rule) =>
        new(new Refusal(Refusals.MappingInvalid, $"The source's mapping.{setting} {rule}.", $"mapping.{setting}"));
}
