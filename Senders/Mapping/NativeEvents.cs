using System.Collections.Frozen;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Deals;
using EcosystemSilo.Grains.Interfaces.Lifecycle;
using EcosystemSilo.Grains.Interfaces.Partners;
using EcosystemSilo.Senders.Json;

namespace EcosystemSilo.Senders.Mapping;

/// <summary>Our own event types, which any source may send.</summary>
internal static class NativeEvents
{
    private static readonly FrozenDictionary<string, Func<EcosystemId, Fields, Meaning>> ByType = new Dictionary<
        string,
        Func<EcosystemId, Fields, Meaning>
    >(StringComparer.Ordinal)
    {
        ["partner.registered"] = RegisterPartner,
        ["partner.checklist.completed"] = CompleteItem,
        ["deal.registered"] = RegisterDeal,
        ["deal.stage.changed"] = (ecosystem, data) =>
            new Mapped(Deal(ecosystem, data), new AdvancePhase(data.Word<Phase>("phase"))),
        ["deal.amount.changed"] = ChangeAmount,
        ["deal.won"] = (ecosystem, data) => new Mapped(Deal(ecosystem, data), new WinDeal()),
        ["deal.lost"] = (ecosystem, data) =>
            new Mapped(Deal(ecosystem, data), new LoseDeal(data.OptionalText("reason", FieldLimits.NoteLengthMax))),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static IReadOnlyCollection<string> Types => ByType.Keys;

    public static Func<EcosystemId, Fields, Meaning>? Find(string type) => ByType.GetValueOrDefault(type);

    private static Mapped RegisterPartner(EcosystemId ecosystem, Fields data) =>
        new(
            Partner(ecosystem, data),
            new RegisterPartner(
                data.Text("name", FieldLimits.NameLengthMax),
                data.Id<CategoryId>("category"),
                data.OptionalText("region", FieldLimits.NameLengthMax)
            )
        );

    private static Mapped CompleteItem(EcosystemId ecosystem, Fields data) =>
        new(Partner(ecosystem, data), new CompleteItem(data.Id<ItemId>("item")));

    private static Mapped RegisterDeal(EcosystemId ecosystem, Fields data) =>
        new(Deal(ecosystem, data), DealFields.ReadRegistration(data));

    private static Mapped ChangeAmount(EcosystemId ecosystem, Fields data) =>
        new(Deal(ecosystem, data), new ChangeDealAmount(data.Money("amount")));

    private static GrainKey Partner(EcosystemId ecosystem, Fields data) =>
        PartnerKey.Of(ecosystem, data.Id<PartnerId>("partner"));

    private static GrainKey Deal(EcosystemId ecosystem, Fields data) => DealKey.Of(ecosystem, data.Id<DealId>("deal"));
}
