using EcosystemSilo.Journal.Memory;

namespace EcosystemSilo.Tests.Simulation.Judging;

/// <param name="Position">Of the last event that was durable from this step on.</param>
/// <param name="At">The true time, whatever clock the silo has that wrote the event.</param>
internal readonly record struct CommitMoment(long Position, long Step, DateTimeOffset At);

/// <summary>
/// Whether the promises were kept, by the events in the journal and by what the senders saw. It folds the events by
/// itself and shares nothing with the product but the names of commands.
/// </summary>
internal sealed partial class Judgement
{
    private readonly MemoryDisk _disk;
    private readonly IReadOnlyList<CommitMoment> _commits;
    private readonly IReadOnlyList<SimulatedCall> _calls;
    private readonly IReadOnlyList<Receipt> _received;
    private readonly DateTimeOffset _end;
    private readonly Action<string> _report;
    private readonly Dictionary<string, FoldedPartner> _partners = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FoldedDeal> _deals = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FoldedAccount> _accounts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FoldedProgram> _programs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FoldedStream> _streams = new(StringComparer.Ordinal);

    /// <param name="commits">When the journal grew, in the order of time.</param>
    public Judgement(
        MemoryDisk disk,
        IReadOnlyList<CommitMoment> commits,
        IReadOnlyList<SimulatedCall> calls,
        IReadOnlyList<Receipt> received,
        DateTimeOffset end,
        Action<string> report
    )
    {
        (_disk, _commits, _calls, _received, _end, _report) = (disk, commits, calls, received, end, report);
        Rows = JournalRow.All(disk);
    }

    public IReadOnlyList<JournalRow> Rows { get; }

    public void JudgeJournal()
    {
        JudgeOrder();
        foreach (var row in Rows)
        {
            Fold(row);
        }

        JudgeEffects();
        JudgeAnswers();
        JudgeRefusals();
        JudgeDeadlines();
        JudgeAccounts();
        JudgePrograms();
        JudgeStreams();
        JudgeBatches();
        JudgeEndpoints();
        JudgeFollowUps();
    }

    private void JudgeOrder()
    {
        var versions = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var (index, row) in Rows.Index())
        {
            var version = versions[row.Grain] = versions.GetValueOrDefault(row.Grain) + 1;
            if (row.Position != index + 1 || row.Version != version)
            {
                _report($"promise 3: {row} should have position {index + 1} and version {version}");
            }
        }
    }

    private void Fold(JournalRow row)
    {
        FoldPause(row);
        if (row.Name is "partner.registered" && !_partners.TryAdd(row.Grain, new FoldedPartner(row)))
        {
            _report($"promise 2: {row} registers a partner for the second time");
        }

        if (row.Name is "deal.registered" && !_deals.TryAdd(row.Grain, new FoldedDeal(row)))
        {
            _report($"promise 2: {row} registers a deal for the second time");
        }

        if (row.Name is "program.created" && !_programs.TryAdd(row.Grain, new FoldedProgram(row)))
        {
            _report($"promise 2: {row} creates a program for the second time");
        }

        switch (row.Kind)
        {
            case "partner" when _partners.TryGetValue(row.Grain, out var partner):
                partner.Fold(row, _report);
                break;
            case "deal" when _deals.TryGetValue(row.Grain, out var deal):
                deal.Fold(row, _report);
                break;
            case "account" when !IsOfPause(row):
                if (!_accounts.TryGetValue(row.Grain, out var account))
                {
                    _accounts.Add(row.Grain, account = new FoldedAccount());
                }

                account.Fold(row, _report);
                break;
            case "program" when _programs.TryGetValue(row.Grain, out var program):
                program.Fold(row, _report);
                break;
            case "stream":
                if (!_streams.TryGetValue(row.Grain, out var stream))
                {
                    _streams.Add(row.Grain, stream = new FoldedStream());
                }

                stream.Fold(row, _report);
                break;
            case "partner" or "deal" or "program":
                _report($"promise 3: {row} happens before the registration");
                break;
        }
    }
}
