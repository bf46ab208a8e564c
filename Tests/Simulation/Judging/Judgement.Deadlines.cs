namespace EcosystemSilo.Tests.Simulation.Judging;

/// <summary>Promise 5: a deadline has exactly one effect, never early, and none is missing.</summary>
internal sealed partial class Judgement
{
    /// <summary>
    /// Longest time that all silos can be down together or ahead of each other, and the interval at which they look.
    /// </summary>
    private static readonly TimeSpan Slack = TimeSpan.FromDays(5);

    /// <summary>
    /// How far the clock of the silo can be ahead that finds a deadline due. The grain that it is delivered to may be
    /// at another silo, with a right clock, so it is judged by the true time.
    /// </summary>
    private static readonly TimeSpan AheadMax = TimeSpan.FromDays(1);

    private void JudgeDeadlines()
    {
        var pending = new List<string>();
        foreach (var (grain, lifecycle) in Lifecycles())
        {
            foreach (var stay in lifecycle.Stays)
            {
                JudgeAlarms(grain, stay);
            }

            if (lifecycle.Current is { DueAt: { } due, LeftAt: null, Alarms: [] })
            {
                pending.Add($"{grain} time-box {due:O}");
            }
        }

        foreach (var (grain, account) in _accounts)
        {
            account.Protections.ForEach(protection => JudgeExpiry(grain, protection));
            if (account.Holder is { } holder)
            {
                pending.Add($"{grain} protection {holder.Until:O}");
            }
        }

        foreach (var (grain, program) in _programs)
        {
            pending.AddRange(JudgeReminders(grain, program));
        }

        JudgePending(pending);
    }

    private IEnumerable<(string Grain, FoldedLifecycle Lifecycle)> Lifecycles() =>
        _partners
            .Select(pair => (pair.Key, (FoldedLifecycle)pair.Value))
            .Concat(_deals.Select(pair => (pair.Key, (FoldedLifecycle)pair.Value)))
            .Concat(_programs.Select(pair => (pair.Key, (FoldedLifecycle)pair.Value)));

    private void JudgeAlarms(string grain, FoldedStay stay)
    {
        if (stay.Alarms.Count > 1)
        {
            _report($"promise 5: {stay.Phase} of {grain} became overdue twice: {string.Join("; ", stay.Alarms)}");
        }

        foreach (var alarm in stay.Alarms.Where(alarm => stay.DueAt is null || IsEarly(alarm, stay.DueAt.Value)))
        {
            _report($"promise 5: {alarm} came early, at {CommitOf(alarm.Position).At:O}; due was {stay.DueAt:O}");
        }

        var left = stay.LeftAt ?? _end;
        if (stay.Alarms.Count == 0 && stay.DueAt + Slack + PausedBetween(grain, stay.DueAt, left) < left)
        {
            _report($"promise 5: {stay.Phase} of {grain} was due {stay.DueAt:O} and never became overdue");
        }
    }

    private void JudgeExpiry(string grain, FoldedProtection protection)
    {
        if (protection.EndedBy is { Name: "account.protection-expired" } expiry && IsEarly(expiry, protection.Until))
        {
            _report(
                $"promise 5: {expiry} came early, at {CommitOf(expiry.Position).At:O}; due was {protection.Until:O}"
            );
        }

        var end = protection.EndedBy?.At ?? _end;
        if (protection.Until + Slack + PausedBetween(grain, protection.Until, end) < end)
        {
            _report($"promise 5: {protection.Deal} holds {grain} beyond {protection.Until:O}");
        }
    }

    /// <summary>Whether a program was asked for its renewal, and ended. Returns what is yet to come.</summary>
    private IEnumerable<string> JudgeReminders(string grain, FoldedProgram program)
    {
        foreach (var (effect, due) in program.Reminders.Where(reminder => IsEarly(reminder.Effect, reminder.Due)))
        {
            _report($"promise 5: {effect} came early, at {CommitOf(effect.Position).At:O}; due was {due:O}");
        }

        if (program.Reminders.GroupBy(one => (one.Effect.Name, one.Due)).Any(same => same.Count() > 1))
        {
            _report($"promise 5: {grain} was reminded twice: {string.Join("; ", program.Reminders)}");
        }

        if (program.IsEnded)
        {
            yield break;
        }

        yield return $"{grain} end {program.Ends:O}";
        if (program.Status == "active")
        {
            yield return $"{grain} renewal {program.RenewalDueAt:O}";
        }

        if (program.Ends + Slack < _end || (program.Status == "active" && program.RenewalDueAt + Slack < _end))
        {
            _report($"promise 5: {grain} is {program.Status} beyond {program.RenewalDueAt:O} or {program.Ends:O}");
        }
    }

    private bool IsEarly(JournalRow effect, DateTimeOffset due) => CommitOf(effect.Position).At < due - AheadMax;

    /// <summary>
    /// What is yet to come is stored, and nothing else. Those of streams are set anew with every delivery and judged by
    /// their effect alone.
    /// </summary>
    private void JudgePending(List<string> expected)
    {
        var stored = _disk
            .DueDeadlines(DateTimeOffset.MaxValue.AddDays(-1), int.MaxValue)
            .Where(deadline => !deadline.Grain.Contains("/stream/", StringComparison.Ordinal))
            .Select(deadline => $"{deadline.Grain} {deadline.Name} {deadline.Due:O}")
            .ToList();
        foreach (var missing in expected.Except(stored, StringComparer.Ordinal))
        {
            _report($"promise 5: a deadline is lost: {missing}");
        }

        foreach (var stray in stored.Except(expected, StringComparer.Ordinal))
        {
            _report($"promise 5: a deadline is stored that nothing asks for: {stray}");
        }
    }
}
