namespace EcosystemSilo.Tests.Simulation.Judging;

/// <summary>Promise 5: a deadline has exactly one effect, never early, and none is missing.</summary>
internal sealed partial class Judgement
{
    /// <summary>
    /// Longest time that all silos can be down together or ahead of each other, and the interval at which they look.
    /// </summary>
    private static readonly TimeSpan Slack = TimeSpan.FromDays(5);

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

        JudgePending(pending);
    }

    private IEnumerable<(string Grain, FoldedLifecycle Lifecycle)> Lifecycles() =>
        _partners
            .Select(pair => (pair.Key, (FoldedLifecycle)pair.Value))
            .Concat(_deals.Select(pair => (pair.Key, (FoldedLifecycle)pair.Value)));

    private void JudgeAlarms(string grain, FoldedStay stay)
    {
        if (stay.Alarms.Count > 1)
        {
            _report($"promise 5: {stay.Phase} of {grain} became overdue twice: {string.Join("; ", stay.Alarms)}");
        }

        foreach (var alarm in stay.Alarms.Where(alarm => stay.DueAt is null || alarm.At < stay.DueAt))
        {
            _report($"promise 5: {alarm} came early, at {alarm.At:O}; due was {stay.DueAt:O}");
        }

        if (stay.Alarms.Count == 0 && stay.DueAt + Slack < (stay.LeftAt ?? _end))
        {
            _report($"promise 5: {stay.Phase} of {grain} was due {stay.DueAt:O} and never became overdue");
        }
    }

    private void JudgeExpiry(string grain, FoldedProtection protection)
    {
        if (protection.EndedBy is { Name: "account.protection-expired" } expiry && expiry.At < protection.Until)
        {
            _report($"promise 5: {expiry} came early, at {expiry.At:O}; due was {protection.Until:O}");
        }

        if (protection.Until + Slack < (protection.EndedBy?.At ?? _end))
        {
            _report($"promise 5: {protection.Deal} holds {grain} beyond {protection.Until:O}");
        }
    }

    /// <summary>What is yet to come is stored, and nothing else.</summary>
    private void JudgePending(List<string> expected)
    {
        var stored = _disk
            .DueDeadlines(DateTimeOffset.MaxValue.AddDays(-1), int.MaxValue)
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
