using System.Globalization;

namespace EcosystemSilo.LoadTests.Chaos.Audit;

/// <summary>
/// Judges a copy of the journal by what the clients know. Promises 1 to 4 hold at any moment; what readers and
/// deadlines owe (2, 4 to 6) only once they have come to rest.
/// </summary>
internal sealed class JournalAudit
{
    private const string Reactions = "acme/reaction";

    private readonly JournalCopy _journal;
    private readonly List<Violation> _violations = [];
    private readonly Dictionary<string, GrainFold> _grains = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AccountFold> _accounts = new(StringComparer.Ordinal);

    private JournalAudit(JournalCopy journal) => _journal = journal;

    public IReadOnlyList<Violation> Violations => _violations;

    public int EventCount => _journal.Events.Count;

    public int DeadlinesReached => _journal.Inbox.Count(row => row.Scope == "acme/deadline");

    public int Lost => _violations.Count(violation => violation.Finding == Finding.AcknowledgedIsLost);

    public int Doubled => _violations.Count(violation => violation.Finding == Finding.EffectIsDoubled);

    public IReadOnlyDictionary<string, GrainFold> Grains => _grains;

    public JournalCopy Journal => _journal;

    /// <param name="sourceId">The source through which all webhooks came.</param>
    /// <param name="operations">Everything that may have been sent; nothing else may have had an effect.</param>
    /// <param name="answers">Every acknowledgement.</param>
    public static JournalAudit Of(
        JournalCopy journal,
        string sourceId,
        IReadOnlyCollection<Operation> operations,
        IEnumerable<Answer> answers
    )
    {
        var audit = new JournalAudit(journal);
        audit.CheckPositions();
        audit.CheckVersions();
        audit.CheckAnswers($"acme/source/{sourceId}", answers);
        audit.CheckEffects(operations);
        audit.Fold();
        return audit;
    }

    /// <summary>What must also hold once nothing is under way.</summary>
    /// <param name="now">The time by the gateway's clock.</param>
    public void CheckAtRest(DateTimeOffset now)
    {
        CheckFollowUps();
        CheckDeadlines(now);
    }

    private void CheckPositions()
    {
        foreach (
            var (index, row) in _journal.Events.Index().Where(pair => pair.Item.Position != pair.Index + 1).Take(1)
        )
        {
            Report(Finding.PositionsHaveAGap, $"{row.Position} follows {index}");
        }

        if (_journal.LastPosition != _journal.Events.Count)
        {
            Report(
                Finding.PositionsHaveAGap,
                $"the last position is {_journal.LastPosition}, but there are {_journal.Events.Count} events"
            );
        }
    }

    private void CheckVersions()
    {
        var last = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var row in _journal.Events)
        {
            var expected = last.GetValueOrDefault(row.Grain) + 1;
            if (row.Version != expected)
            {
                Report(Finding.VersionsHaveAGap, $"{row.Grain} has {row.Version} where {expected} belongs");
            }

            last[row.Grain] = row.Version;
        }
    }

    /// <summary>What was acknowledged is in the inbox, behind an event of its own or having changed nothing.</summary>
    private void CheckAnswers(string source, IEnumerable<Answer> answers)
    {
        var inbox = _journal
            .Inbox.Where(row =>
                row.Scope.StartsWith(source, StringComparison.Ordinal)
                || row.Scope.StartsWith("acme/caller/", StringComparison.Ordinal)
            )
            .ToLookup(row => row.Id);
        var events = _journal.Events.ToLookup(row => (row.Grain, row.Version));
        foreach (var (operation, _, version) in answers)
        {
            if (inbox[operation.Id].ToList() is not [var entry])
            {
                var count = inbox[operation.Id].Count();
                Report(
                    count == 0 ? Finding.AcknowledgedIsLost : Finding.EffectIsDoubled,
                    $"{operation.Id} was acknowledged and is in the inbox {count} times"
                );
                continue;
            }

            if (!entry.Grain.StartsWith(operation.Grain, StringComparison.Ordinal))
            {
                Report(Finding.EffectOutOfNowhere, $"{operation.Id} reached {entry.Grain}, not {operation.Grain}");
            }

            if (version is not null && version != entry.Version)
            {
                Report(
                    Finding.AcknowledgedAtWrongVersion,
                    $"{operation.Id} was answered {version}, the journal has {entry.Version}"
                );
            }

            if (!events[(entry.Grain, entry.Version)].Any())
            {
                Report(
                    Finding.AcknowledgedIsLost,
                    $"{operation.Id} led to {entry.Grain} {entry.Version}, which is gone"
                );
            }
        }
    }

    /// <summary>Every operation in the inbox has had its effect once, and nothing else has had one.</summary>
    private void CheckEffects(IReadOnlyCollection<Operation> operations)
    {
        var taken = _journal.Inbox.Select(row => row.Id).ToHashSet(StringComparer.Ordinal);
        var effects = _journal.Events.ToLookup(row => (row.Grain, row.Name, row.Item));
        var asides = _journal
            .Events.Where(row => row.Kind == "delivery")
            .ToLookup(row => row.Payload.GetProperty("event").GetProperty("eventId").GetString());
        foreach (
            var wanted in operations.Where(one => !one.IsKeptAside).GroupBy(one => (one.Grain, one.Event, one.Item))
        )
        {
            var count = effects[wanted.Key].Count() + wanted.Sum(one => asides[one.Id].Count());
            Judge(wanted.First().Id, count, wanted.Any(one => taken.Contains(one.Id)));
        }

        foreach (var aside in operations.Where(one => one.IsKeptAside))
        {
            Judge(aside.Id, asides[aside.Id].Count(row => row.Name == aside.Event), taken.Contains(aside.Id));
        }

        var known = operations.Select(one => one.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var stray in _journal.Events.Where(row => IsOurs(row) && !known.Contains(row.Command)))
        {
            Report(Finding.EffectOutOfNowhere, $"{stray.Grain} has {stray.Name} by {stray.Command}");
        }
    }

    private void Judge(string id, int count, bool isTaken)
    {
        if (count > 1)
        {
            Report(Finding.EffectIsDoubled, $"{id} has had its effect {count} times");
        }
        else if (count != (isTaken ? 1 : 0))
        {
            Report(
                isTaken ? Finding.EffectIsMissing : Finding.EffectOutOfNowhere,
                $"{id} has had its effect {count} times"
            );
        }
    }

    private void Fold()
    {
        foreach (var row in _journal.Events)
        {
            if (row.Kind is "partner" or "deal")
            {
                Of(_grains, row.Grain, grain => new GrainFold(grain, Report)).Apply(row);
            }
            else if (row.Kind == "account")
            {
                Of(_accounts, row.Grain, grain => new AccountFold(grain, Report)).Apply(row);
            }
        }
    }

    /// <summary>A reader that went past an event has left its follow-up undone.</summary>
    private void CheckFollowUps()
    {
        var sent = _journal.Inbox.Where(row => row.Scope == Reactions).Select(row => row.Id).ToHashSet();
        foreach (var (cause, id) in _journal.Events.Select(row => (row, FollowUpOf(row))))
        {
            if (id is not null && !sent.Contains(id))
            {
                Report(Finding.ReaderSkippedAnEvent, $"{cause.Name} at {cause.Position} has no follow-up {id}");
            }
        }

        foreach (var account in _accounts.Values)
        {
            foreach (
                var (deal, expected) in account
                    .Queue.Select(deal => (deal, "queued"))
                    .Append((account.Holder!, "protected"))
            )
            {
                if (deal is not null && _grains.GetValueOrDefault($"acme/deal/{deal}")?.Protection != expected)
                {
                    Report(Finding.ReaderSkippedAnEvent, $"{deal} does not know that it is {expected}");
                }
            }
        }
    }

    private static string? FollowUpOf(EventRow row)
    {
        string Tell(string command) => $"{row.Position}/acme/deal/{row.Text("deal")}/{command}/0";
        return row.Name switch
        {
            "deal.registered" => $"{row.Position}/{AccountOf(row)}/account.claim/0",
            "deal.claim-ended" => $"{row.Position}/{AccountOf(row)}/account.release/0",
            "account.protected" => Tell("deal.confirm-protection"),
            "account.claim-queued" or "account.claim-moved" => Tell("deal.confirm-queued"),
            "account.protection-expired" => Tell("deal.end-protection"),
            _ => null,
        };
    }

    private static string AccountOf(EventRow row) => $"acme/account/{row.Text("domain")}~{row.Text("product")}";

    /// <summary>Each time that is still to come is stored as it was set, and no other.</summary>
    private void CheckDeadlines(DateTimeOffset now)
    {
        var expected = _grains
            .Where(grain => grain.Value is { IsOpen: true, IsOverdue: false, DueAt: not null })
            .Select(grain => (Key: (grain.Key, "time-box"), Due: grain.Value.DueAt!))
            .Concat(
                _accounts
                    .Values.Where(account => account.Holder is not null)
                    .Select(account => (Key: (account.Grain, "protection"), Due: account.Until!))
            )
            .ToDictionary(due => due.Key, due => Microseconds(due.Due));
        foreach (var (key, due) in expected.Where(due => _journal.Deadlines.GetValueOrDefault(due.Key) != due.Value))
        {
            Report(
                Finding.DeadlineIsLost,
                $"{key} should be due at {due}, not {_journal.Deadlines.GetValueOrDefault(key)}"
            );
        }

        foreach (var (key, due) in _journal.Deadlines.Where(due => !expected.ContainsKey(due.Key)))
        {
            Report(Finding.DeadlineIsLost, $"{key} is stored for {due} and was not set");
        }

        var nowMicroseconds = (now - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        foreach (var (key, due) in expected.Where(due => due.Value <= nowMicroseconds))
        {
            Report(Finding.DeadlineIsMissed, $"{key} was due at {due}, it is {nowMicroseconds}");
        }
    }

    private void Report(Finding finding, string text) => _violations.Add(new Violation(finding, text));

    /// <summary>Caused by a caller, not by a reaction, a deadline or the stage.</summary>
    private static bool IsOurs(EventRow row) =>
        row.Kind is "partner" or "deal" or "delivery" && row.Command.Split('/').Length < 4;

    private static long Microseconds(string time) =>
        (DateTimeOffset.Parse(time, CultureInfo.InvariantCulture) - DateTimeOffset.UnixEpoch).Ticks
        / TimeSpan.TicksPerMicrosecond;

    private static T Of<T>(Dictionary<string, T> known, string key, Func<string, T> create)
    {
        if (!known.TryGetValue(key, out var found))
        {
            known.Add(key, found = create(key));
        }

        return found;
    }
}
