namespace EcosystemSilo.Tests.Simulation.Judging;

/// <summary>A customer program, with its places and its end.</summary>
internal sealed class FoldedProgram(JournalRow first) : FoldedLifecycle(first)
{
    private readonly int _capacity = first.Data.GetProperty("capacity").GetInt32();

    public string Status { get; private set; } = "active";

    public DateTimeOffset Ends { get; private set; } = first.Data.GetProperty("ends").GetDateTimeOffset();

    public DateTimeOffset RenewalDueAt { get; private set; } =
        first.Data.GetProperty("renewalDueAt").GetDateTimeOffset();

    public int Enrolled { get; private set; }

    /// <summary>Every place that was ever given.</summary>
    public List<JournalRow> Places { get; } = [];

    public List<JournalRow> Returned { get; } = [];

    /// <summary>Effects of the deadlines, each with the time at which it was due.</summary>
    public List<(JournalRow Effect, DateTimeOffset Due)> Reminders { get; } = [];

    public bool IsEnded => Status == "ended";

    public string Card() => $"{First.Id} v{Version} {Status} {Enrolled}/{_capacity} ends {Ends:O} {Progress()}";

    public override void Fold(JournalRow row, Action<string> report)
    {
        if (IsEnded && row.Name is not ("program.place-returned" or "grain.paused" or "grain.resumed"))
        {
            report($"promise 3: {row} happens to an ended program");
        }

        base.Fold(row, report);
        switch (row.Name)
        {
            case "program.person-enrolled":
                Give(row, report);
                break;
            case "program.place-returned":
                Returned.Add(row);
                Enrolled--;
                break;
            case "program.renewal-due":
                Status = "renewaldue";
                Reminders.Add((row, RenewalDueAt));
                break;
            case "program.renewed":
                Status = "active";
                Ends = row.Data.GetProperty("ends").GetDateTimeOffset();
                RenewalDueAt = row.Data.GetProperty("renewalDueAt").GetDateTimeOffset();
                break;
            case "program.ended":
                Status = "ended";
                Current.LeftAt = row.At;
                if (row.TextOrNull("reason") is null)
                {
                    Reminders.Add((row, Ends));
                }

                break;
        }
    }

    private void Give(JournalRow row, Action<string> report)
    {
        Places.Add(row);
        if (row.Data.GetProperty("number").GetInt32() != Places.Count)
        {
            report($"promise 3: {row} should be place number {Places.Count}");
        }

        if (++Enrolled > _capacity)
        {
            report($"exclusivity: {row} gives place {Enrolled} of {_capacity}");
        }
    }
}
