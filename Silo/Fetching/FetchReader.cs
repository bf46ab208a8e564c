using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.WearableStreams;
using EcosystemSilo.Journal;
using EcosystemSilo.Silo.Leases;
using EcosystemSilo.Silo.Reactions;
using Microsoft.Extensions.Logging;

namespace EcosystemSilo.Silo.Fetching;

/// <summary>
/// Has the attempts made that streams begin. It keeps nothing: an attempt that is lost with this process is begun again
/// by the stream's deadline, and one that is read of twice is no longer the newest. The fetches of one stream are made
/// one after the other, since they share the person's tokens.
/// </summary>
internal sealed class FetchReader(
    IJournal journal,
    IGrains grains,
    IFetcher fetcher,
    LeaseHolder leases,
    TimeProvider clock,
    SiloMetrics metrics,
    ILogger<FetchReader> logger
) : LeasedReader("fetches", journal, leases, clock, metrics, logger)
{
    private static readonly string Due = Wire.Of(typeof(FetchDue)).Name;

    private readonly Lock _gate = new();
    private readonly Dictionary<GrainKey, Queue<Attempt>> _lanes = [];
    private readonly SemaphoreSlim _places = new(Limits.FetchesAtOnce);
    private int _waiting;
    private TaskCompletionSource _idle = Completed();

    protected override Task Follow(IReadOnlyList<RecordedEvent> events, CancellationToken over)
    {
        foreach (var recorded in events.Where(recorded => recorded.Name == Due))
        {
            var due = (FetchDue)GrainCodec.Decode(recorded);
            Enqueue(new Attempt(GrainKey.Parse(recorded.Grain), recorded.Version, due), over);
        }

        return Task.CompletedTask;
    }

    /// <summary>Another process may make the attempts now; ours end first.</summary>
    protected override Task End()
    {
        lock (_gate)
        {
            return _idle.Task;
        }
    }

    private void Enqueue(Attempt attempt, CancellationToken over)
    {
        lock (_gate)
        {
            if (_waiting >= Limits.FetchesWaitingMax)
            {
                Log.FetchesFull(logger, attempt.Stream.ToString(), attempt.Due.Number, _waiting);
                return;
            }

            _waiting++;
            if (_lanes.TryGetValue(attempt.Stream, out var lane))
            {
                lane.Enqueue(attempt);
                return;
            }

            _idle = _lanes.Count == 0 ? new TaskCompletionSource(Scheduling.Asynchronously) : _idle;
            _lanes.Add(attempt.Stream, new Queue<Attempt>([attempt]));
        }

        _ = RunLane(attempt.Stream, over);
    }

    private async Task RunLane(GrainKey stream, CancellationToken over)
    {
        // The reader goes on at once.
        await Task.Yield();
        while (Next(stream) is { } attempt)
        {
            try
            {
                await _places.WaitAsync(over);
                try
                {
                    await Make(attempt, over);
                }
                finally
                {
                    _places.Release();
                }
            }
            catch (OperationCanceledException) when (over.IsCancellationRequested)
            {
                // The deadline begins another one, wherever the lease is then.
            }
            // The outermost loop of one stream: others must not wait for the mending of a bug.
            catch (Exception fault)
            {
                Log.FetchFailed(logger, stream.ToString(), attempt.Due.Number, fault);
            }
        }
    }

    /// <summary>The next attempt of a stream; without one its lane is over.</summary>
    private Attempt? Next(GrainKey stream)
    {
        lock (_gate)
        {
            if (_lanes[stream].TryDequeue(out var attempt))
            {
                _waiting--;
                return attempt;
            }

            _lanes.Remove(stream);
            if (_lanes.Count == 0)
            {
                _idle.SetResult();
            }

            return null;
        }
    }

    private async Task Make(Attempt attempt, CancellationToken over)
    {
        var (stream, version, due) = attempt;
        var read = await grains.Read<WearableStreamView>(stream, new ReadAt(version, Limits.FetchReadPatience), over);
        var fetch = read?.View.Fetches.FirstOrDefault(one => one.Number == due.Number && one.Attempts == due.Attempt);
        if (fetch is null)
        {
            // Taken back, replaced, or made by now.
            return;
        }

        var result = await fetcher.Fetch(stream, read!.View, fetch, over);
        if (result.Outcome != FetchOutcome.Done)
        {
            Log.FetchEnded(logger, stream.ToString(), due.Number, result.Outcome, result.Reason);
        }

        await grains.Ask(
            stream,
            new RecordFetch(due.Number, due.Attempt, result.Outcome, result.Reason, result.RetryAfterSeconds),
            new Ask($"{stream.Ecosystem}/fetch", $"{stream}/{due.Number}/{due.Attempt}", "fetch", $"{stream}"),
            over
        );
    }

    private static TaskCompletionSource Completed()
    {
        var source = new TaskCompletionSource();
        source.SetResult();
        return source;
    }

    private sealed record Attempt(GrainKey Stream, long Version, FetchDue Due);
}
