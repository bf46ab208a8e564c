namespace EcosystemSilo.Journal;

/// <summary>
/// How a batch is brought to an end: tried until it is durable, refused, or its callers' patience is over.
/// </summary>
internal sealed partial class GroupCommit
{
    private async Task Settle(PendingAppend[] batch, bool mayBeDurable)
    {
        var pause = JournalLimits.RetryPauseMin;
        while (batch.Length > 0)
        {
            using var patience = new CancellationTokenSource(JournalLimits.AppendPatience, time);
            var since = time.GetTimestamp();
            try
            {
                var verdicts = await commit(Array.ConvertAll(batch, pending => pending.Append), patience.Token);
                JournalMetrics.Committed(time.GetElapsedTime(since), batch.Length);
                Complete(batch, verdicts, mayBeDurable);
                return;
            }
            catch (JournalUnavailableException fault)
            {
                JournalMetrics.Failed();
                mayBeDurable = true;
                batch = KeepPatient(batch, fault);
            }
            catch (OperationCanceledException late) when (patience.IsCancellationRequested)
            {
                JournalMetrics.Failed();
                mayBeDurable = true;
                batch = KeepPatient(batch, late);
            }
            catch (Exception bug)
            {
                await Isolate(batch, bug, mayBeDurable);
                return;
            }
            if (batch.Length > 0)
            {
                await Task.Delay(pause, time);
                pause = pause * 2 < JournalLimits.RetryPauseMax ? pause * 2 : JournalLimits.RetryPauseMax;
                batch = KeepPatient(batch, cause: null);
            }
        }
    }

    private void Complete(PendingAppend[] batch, Verdict[] verdicts, bool mayBeDurable)
    {
        var results = new AppendResult[batch.Length];
        var newest = 0L;
        for (var i = 0; i < batch.Length; i++)
        {
            var append = batch[i].Append;
            results[i] = Result(append, verdicts[i], mayBeDurable);
            if (results[i].Outcome == AppendOutcome.Committed)
            {
                newest = Math.Max(newest, results[i].Position);
            }
            else
            {
                // Before anyone hears of it, so that nothing queued behind it can slip into the next batch.
                append.Chain?.Break(results[i].Version);
                if (results[i].Outcome == AppendOutcome.VersionConflict)
                {
                    JournalMetrics.Conflicted();
                }
            }
        }
        Recent.Add(Array.ConvertAll(batch, pending => pending.Append), results);
        committed(newest);
        for (var i = 0; i < batch.Length; i++)
        {
            batch[i].TrySetResult(results[i]);
        }
    }

    /// <summary>
    /// After a try whose outcome is unknown, finding one's own command in the inbox means it was durable.
    /// </summary>
    private static AppendResult Result(Append append, Verdict verdict, bool mayBeDurable)
    {
        var result = verdict.Result;
        var isOwn =
            mayBeDurable
            && result.Outcome == AppendOutcome.Repeated
            && string.Equals(result.Grain, append.Grain, StringComparison.Ordinal)
            && result.Version == append.ExpectedVersion + append.Events.Count
            && verdict.DecidedAt == StoredTime.From(append.At);
        return isOwn ? result with { Outcome = AppendOutcome.Committed } : result;
    }

    /// <summary>
    /// An exception that is no fault of the store is a bug, and one append's bug must not fail its neighbours: each is
    /// tried alone, and only the guilty one hears of it.
    /// </summary>
    private async Task Isolate(PendingAppend[] batch, Exception bug, bool mayBeDurable)
    {
        if (batch.Length > 1)
        {
            foreach (var pending in batch)
            {
                await Settle([pending], mayBeDurable);
            }
            return;
        }
        var append = batch[0].Append;
        append.Chain?.Break(append.ExpectedVersion);
        var message = $"The store refused an append to {append.Grain} at version {append.ExpectedVersion}.";
        batch[0].TrySetException(new InvalidOperationException(message, bug));
    }

    private PendingAppend[] KeepPatient(PendingAppend[] batch, Exception? cause)
    {
        foreach (var pending in batch)
        {
            if (!IsPatient(pending))
            {
                pending.GiveUp(cause);
            }
        }
        return Array.FindAll(batch, pending => !pending.IsOver);
    }

    private bool IsPatient(PendingAppend pending) => time.GetElapsedTime(pending.Since) < JournalLimits.AppendPatience;

    private void SetPatienceCheck()
    {
        if (!patienceCheckIsSet)
        {
            patienceCheckIsSet = true;
            patienceCheck.Change(JournalLimits.PatienceCheckInterval, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>A commit that hangs must not keep callers longer than one that fails.</summary>
    private void CheckPatience()
    {
        List<PendingAppend> impatient = [];
        lock (gate)
        {
            while (waiting.TryPeek(out var oldest) && !IsPatient(oldest))
            {
                impatient.Add(waiting.Dequeue());
            }
            impatient.AddRange(Array.FindAll(underWay, pending => !pending.IsOver && !IsPatient(pending)));
            patienceCheckIsSet = false;
            if ((waiting.Count > 0 || underWay.Length > 0) && !(closed && loop.IsCompleted))
            {
                SetPatienceCheck();
            }
        }
        impatient.ForEach(pending => pending.GiveUp(cause: null));
    }
}
