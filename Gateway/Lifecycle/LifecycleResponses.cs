using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Lifecycle;

namespace EcosystemSilo.Gateway.Lifecycle;

/// <summary>How far the checklist of the current phase is, and what to do next.</summary>
/// <param name="Done">Required items that are done.</param>
/// <param name="Total">Required items.</param>
/// <param name="Next">The first required item that is not done; absent when the gate is open.</param>
public sealed record GateResponse(int Done, int Total, GateItem? Next)
{
    public static GateResponse Of(LifecycleView lifecycle)
    {
        var required = lifecycle
            .Checklist.Where(item => item.Required && item.Phase == lifecycle.Current.Phase)
            .ToList();
        var next = required.FirstOrDefault(item => item.DoneAt is null);
        return new GateResponse(
            required.Count(item => item.DoneAt is not null),
            required.Count,
            next is null ? null : new GateItem(next.Item, next.Title)
        );
    }
}

/// <summary>A checklist item by its id and its words.</summary>
public sealed record GateItem(ItemId Item, string Title);
