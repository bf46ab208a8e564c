namespace EcosystemSilo.LoadTests.Chaos.Audit;

/// <summary>
/// A partner or a deal as its events tell it: the audit's own fold, which shares no code with the product. What cannot
/// have been decided on the state before it is reported.
/// </summary>
internal sealed class GrainFold(string grain, Action<Finding, string> report)
{
    private static readonly string[] Phases = ["discovery", "integration", "launch", "scale"];

    private readonly Dictionary<string, bool> _required = new(StringComparer.Ordinal);
    private readonly HashSet<string> _open = new(StringComparer.Ordinal);
    private readonly HashSet<string> _done = new(StringComparer.Ordinal);
    private readonly HashSet<string> _overdueDues = new(StringComparer.Ordinal);

    public string Id => grain[(grain.LastIndexOf('/') + 1)..];

    public long Version { get; private set; }

    public string? Name { get; private set; }

    public string? Partner { get; private set; }

    public string? Phase { get; private set; }

    public string? DueAt { get; private set; }

    public bool IsOverdue { get; private set; }

    public string Status { get; private set; } = "registered";

    public string Protection { get; private set; } = "pending";

    public bool IsOpen => Status is "registered" or "returned" or "approved";

    public (int Done, int Total) Gate =>
        (_required.Count(item => item.Value) - _open.Count(item => _required.GetValueOrDefault(item)), _required.Count);

    public void Apply(EventRow row)
    {
        Version = row.Version;
        if (Name is null != row.Name is "partner.registered" or "deal.registered")
        {
            report(
                Name is null ? Finding.EventsAreOutOfOrder : Finding.DecidedOnStaleState,
                $"{grain} has {row.Name} as its version {row.Version}"
            );
        }

        switch (row.Name)
        {
            case "partner.registered":
                Name = row.Text("name");
                break;
            case "deal.registered":
                Name = row.Payload.GetProperty("customer").GetProperty("name").GetString();
                Partner = row.Text("partner");
                break;
            case "lifecycle.phase-entered":
                Enter(row);
                break;
            case "lifecycle.item-completed":
                Complete(row.Text("item")!);
                break;
            case "lifecycle.phase-overdue":
                Overdue(row);
                break;
            default:
                Settle(row);
                break;
        }
    }

    private void Enter(EventRow row)
    {
        var next = Phases[Phase is null ? 0 : Math.Min(Array.IndexOf(Phases, Phase) + 1, Phases.Length - 1)];
        if (row.Text("phase") != next || !IsOpen)
        {
            report(Finding.DecidedOnStaleState, $"{grain} enters {row.Text("phase")} from {Phase}, {Status}");
        }

        (Phase, DueAt, IsOverdue) = (row.Text("phase"), row.Text("dueAt"), false);
        _required.Clear();
        _open.Clear();
        foreach (var item in row.Payload.GetProperty("items").EnumerateArray())
        {
            if (item.GetProperty("required").GetBoolean())
            {
                _required[item.GetProperty("item").GetString()!] = true;
                _open.Add(item.GetProperty("item").GetString()!);
            }
        }
    }

    private void Complete(string item)
    {
        if (!_done.Add(item))
        {
            report(Finding.DecidedOnStaleState, $"{grain} completes {item} when it is done");
        }

        _open.Remove(item);
    }

    private void Overdue(EventRow row)
    {
        var due = row.Text("dueAt")!;
        if (!_overdueDues.Add($"{row.Text("phase")} {due}"))
        {
            report(Finding.DeadlineIsDoubled, $"{grain} is overdue in {row.Text("phase")} twice");
        }
        else if (row.Text("phase") != Phase || due != DueAt)
        {
            report(Finding.DecidedOnStaleState, $"{grain} is overdue in {row.Text("phase")} when in {Phase}");
        }

        IsOverdue = true;
    }

    private void Settle(EventRow row)
    {
        (Status, Protection) = row.Name switch
        {
            "deal.protected" => (Status, "protected"),
            "deal.queued" => (Status, "queued"),
            "deal.protection-ended" => (Status, "none"),
            "deal.withdrawn" => ("withdrawn", "none"),
            "deal.rejected" => ("rejected", "none"),
            "deal.claim-ended" => (Status, Protection),
            _ => (row.Name, row.Name),
        };
    }
}

/// <summary>An account as its events tell it: who holds it, until when, and who is next.</summary>
internal sealed class AccountFold(string grain, Action<Finding, string> report)
{
    private readonly List<string> _queue = [];

    public string Grain => grain;

    public string? Holder { get; private set; }

    public string? Until { get; private set; }

    public IReadOnlyList<string> Queue => _queue;

    public void Apply(EventRow row)
    {
        var deal = row.Text("deal")!;
        switch (row.Name)
        {
            case "account.protected":
                Expect(row, Holder is null && (_queue.Count == 0 || _queue[0] == deal));
                (Holder, Until) = (deal, row.Text("until"));
                _queue.Remove(deal);
                break;
            case "account.claim-queued":
                Expect(row, Holder is not null && Holder != deal && !_queue.Contains(deal));
                _queue.Add(deal);
                break;
            case "account.protection-expired":
                Expect(row, Holder == deal);
                Holder = null;
                break;
            case "account.released":
                Expect(row, Holder == deal || _queue.Contains(deal));
                Holder = Holder == deal ? null : Holder;
                _queue.Remove(deal);
                break;
            case "account.claim-moved":
                // Reported before the queue has moved, or after: the place alone says it.
                break;
            default:
                Expect(row, holds: false);
                break;
        }
    }

    private void Expect(EventRow row, bool holds)
    {
        if (!holds)
        {
            report(Finding.DecidedOnStaleState, $"{grain} has {row.Name} of {row.Text("deal")}; {Holder} holds it");
        }
    }
}
