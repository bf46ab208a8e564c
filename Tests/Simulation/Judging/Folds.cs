using System.Text.Json;

namespace EcosystemSilo.Tests.Simulation.Judging;

/// <summary>One stay in a phase.</summary>
internal sealed class FoldedStay(string phase, DateTimeOffset since, DateTimeOffset? dueAt, JsonElement items)
{
    public string Phase => phase;

    public DateTimeOffset Since => since;

    public DateTimeOffset? DueAt => dueAt;

    /// <summary>When the next phase was entered, or the deal closed.</summary>
    public DateTimeOffset? LeftAt { get; set; }

    public List<JournalRow> Alarms { get; } = [];

    public List<(string Id, string Title)> Required { get; } =
    [
        .. items
            .EnumerateArray()
            .Where(item => item.GetProperty("required").GetBoolean())
            .Select(item => (item.GetProperty("item").GetString()!, item.GetProperty("title").GetString()!)),
    ];
}

/// <summary>What a partner and a deal have in common: stays in phases, and what was done in them.</summary>
internal class FoldedLifecycle(JournalRow first)
{
    private static readonly string[] Phases = ["discovery", "integration", "launch", "scale"];

    public JournalRow First => first;

    public long Version { get; private set; }

    public List<FoldedStay> Stays { get; } = [];

    public HashSet<string> Done { get; } = new(StringComparer.Ordinal);

    public FoldedStay Current => Stays[^1];

    /// <summary>The card's text, from the current phase on.</summary>
    public string Progress()
    {
        var open = Current.Required.Where(item => !Done.Contains(item.Id)).ToList();
        var gate = $"{Current.Required.Count - open.Count}/{Current.Required.Count} {open.FirstOrDefault().Title}";
        return $"{Current.Phase} since {Current.Since:O} due {Current.DueAt:O} "
            + $"overdue {Current.Alarms.Count > 0} {gate}";
    }

    public virtual void Fold(JournalRow row, Action<string> report)
    {
        Version = row.Version;
        switch (row.Name)
        {
            case "lifecycle.phase-entered":
                Enter(row, report);
                break;
            case "lifecycle.item-completed":
                if (!Done.Add(row.Text("item")))
                {
                    report($"promise 2: {row} completes {row.Text("item")} for the second time");
                }

                break;
            case "lifecycle.phase-overdue":
                Current.Alarms.Add(row);
                break;
        }
    }

    private void Enter(JournalRow row, Action<string> report)
    {
        var phase = row.Text("phase");
        if (phase != Phases[Math.Min(Stays.Count, Phases.Length - 1)] || Stays.Count >= Phases.Length)
        {
            report($"promise 3: {row} enters {phase} after {Stays.Count} phases");
        }

        if (Stays.SelectMany(stay => stay.Required).Any(item => !Done.Contains(item.Id)))
        {
            report($"promise 3: {row} enters {phase} while required items are open");
        }

        if (Stays.Count > 0)
        {
            Current.LeftAt = row.At;
        }

        Stays.Add(
            new FoldedStay(
                phase,
                row.Data.GetProperty("at").GetDateTimeOffset(),
                row.TimeOrNull("dueAt"),
                row.Data.GetProperty("items")
            )
        );
    }
}

internal sealed class FoldedPartner(JournalRow first) : FoldedLifecycle(first)
{
    public string Card() =>
        $"{First.Id} v{Version} {First.Text("name")} {First.Text("tier")} {First.Text("category")} {Progress()}";
}

internal sealed class FoldedDeal(JournalRow first) : FoldedLifecycle(first)
{
    public string Account { get; } = $"{first.Ecosystem}/account/{first.Text("domain")}~{first.Text("product")}";

    public string Status { get; private set; } = "registered";

    public string Protection { get; private set; } = "pending";

    public string? Until { get; private set; }

    public int? Place { get; private set; }

    public string Amount { get; private set; } = first.Data.GetProperty("amount").GetRawText();

    public bool IsOpen => Status is "registered" or "returned" or "approved";

    public string Card() =>
        $"{First.Id} v{Version} {First.Text("partner")} {First.Text("product")} {Amount} {Status} "
        + $"{Protection} {Progress()}";

    public override void Fold(JournalRow row, Action<string> report)
    {
        if (!IsOpen && row.Name is not ("deal.claim-ended" or "grain.paused" or "grain.resumed"))
        {
            report($"promise 3: {row} happens to a closed deal");
        }

        base.Fold(row, report);
        switch (row.Name)
        {
            case "deal.protected":
                (Protection, Until, Place) = ("protected", row.Text("until"), null);
                break;
            case "deal.queued":
                (Protection, Until, Place) = ("queued", null, row.Data.GetProperty("position").GetInt32());
                break;
            case "deal.protection-ended":
                (Protection, Until, Place) = ("none", null, null);
                break;
            case "deal.approved":
                Status = "approved";
                break;
            case "deal.returned":
                Status = "returned";
                break;
            case "deal.resubmitted":
                Status = "registered";
                Amount = row.Data.TryGetProperty("amount", out var corrected) ? corrected.GetRawText() : Amount;
                break;
            case "deal.amount-changed":
                Amount = row.Data.GetProperty("amount").GetRawText();
                break;
            case "deal.withdrawn" or "deal.rejected" or "deal.lost":
                Close(row);
                (Protection, Until, Place) = ("none", null, null);
                break;
            case "deal.won":
                Close(row);
                break;
        }
    }

    private void Close(JournalRow row)
    {
        Status = row.Name["deal.".Length..];
        Current.LeftAt = row.At;
    }
}

/// <summary>One customer and one product, and who holds it.</summary>
internal sealed class FoldedAccount
{
    /// <summary>Every protection there was, with when and how it ended.</summary>
    public List<FoldedProtection> Protections { get; } = [];

    public List<string> Queue { get; } = [];

    public string? WonBy { get; private set; }

    public FoldedProtection? Holder => Protections is [.., { EndedBy: null } holder] ? holder : null;

    public void Fold(JournalRow row, Action<string> report)
    {
        var deal = row.Text("deal");
        switch (row.Name)
        {
            case "account.protected":
                if (Holder is not null || WonBy is not null)
                {
                    report($"exclusivity: {row} protects {deal} while {Holder?.Deal ?? WonBy} holds the account");
                }

                Queue.Remove(deal);
                Protections.Add(new FoldedProtection(deal, row.Data.GetProperty("until").GetDateTimeOffset(), row));
                break;
            case "account.claim-queued":
                Queue.Add(deal);
                if (Queue.Count != row.Data.GetProperty("position").GetInt32())
                {
                    report($"exclusivity: {row} gives another place than number {Queue.Count}");
                }

                break;
            case "account.released" or "account.protection-expired":
                End(deal, row);
                Queue.Remove(deal);
                break;
            case "account.closed":
                End(Holder?.Deal, row);
                Queue.Clear();
                WonBy = deal;
                break;
        }
    }

    private void End(string? deal, JournalRow row)
    {
        if (Holder is { } holder && holder.Deal == deal)
        {
            holder.EndedBy = row;
        }
    }
}

internal sealed record FoldedProtection(string Deal, DateTimeOffset Until, JournalRow Since)
{
    public JournalRow? EndedBy { get; set; }
}
