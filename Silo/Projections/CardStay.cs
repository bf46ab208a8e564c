using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Lifecycle;
using EcosystemSilo.Grains.Interfaces.Lists;

namespace EcosystemSilo.Silo.Projections;

/// <summary>A required item that is still to be done.</summary>
internal sealed record OpenItem(ItemId Item, string Title);

/// <summary>The current stay in a phase, with just what a card shows of it.</summary>
/// <param name="Required">How many required items the phase has.</param>
internal sealed record CardStay(
    Phase Phase,
    DateTimeOffset Since,
    DateTimeOffset? DueAt,
    bool Overdue,
    int Required,
    IReadOnlyList<OpenItem> Open
)
{
    public CardGate Gate => new(Required - Open.Count, Required, Open.Count > 0 ? Open[0].Title : null);

    /// <summary>Registered, but its first phase has not been recorded yet.</summary>
    public static CardStay Before(DateTimeOffset since) => new(Phase.Discovery, since, null, false, 0, []);

    public static CardStay Fold(CardStay stay, IEvent body) =>
        body switch
        {
            PhaseEntered e => Enter(e),
            ItemCompleted e => stay with { Open = [.. stay.Open.Where(item => item.Item != e.Item)] },
            PhaseOverdue e when e.Phase == stay.Phase => stay with { Overdue = true },
            _ => stay,
        };

    private static CardStay Enter(PhaseEntered entered)
    {
        OpenItem[] required = [.. entered.Items.Where(i => i.Required).Select(i => new OpenItem(i.Item, i.Title))];
        return new CardStay(entered.Phase, entered.At, entered.DueAt, false, required.Length, required);
    }
}
