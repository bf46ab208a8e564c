using System.Collections.Concurrent;

namespace EcosystemSilo.LoadTests.Generator;

/// <summary>What is sent, by how many callers, how fast and for how long.</summary>
/// <param name="Request">The ready-made bytes of request number n, from 0 to <paramref name="Count"/> - 1.</param>
/// <param name="Expected">What the body of a good answer contains; empty when its status says it all.</param>
internal sealed record Load(
    Uri Target,
    int Callers,
    int Count,
    Func<int, ReadOnlyMemory<byte>> Request,
    ReadOnlyMemory<byte> Expected,
    TimeSpan WarmUp,
    TimeSpan Duration
)
{
    /// <summary>
    /// Requests a second, sent when they are due whatever became of those before (open loop). Null: each caller sends
    /// its next when it has its answer (closed loop).
    /// </summary>
    public double? PerSecond { get; init; }
}

/// <summary>Sends a load and measures what comes back.</summary>
internal sealed class LoadRun
{
    private readonly Load _load;
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly long _measuredFrom;
    private readonly long _end;
    private readonly ConcurrentDictionary<string, long> _errors = new(StringComparer.Ordinal);
    private int _next = -1;

    private LoadRun(Load load, TimeProvider time)
    {
        (_load, _time) = (load, time);
        _start = time.GetTimestamp();
        _measuredFrom = _start + Ticks(load.WarmUp);
        _end = _measuredFrom + Ticks(load.Duration);
    }

    /// <summary>
    /// Runs until the time is over or everything is sent. What is under way at the end is waited for, and its wait
    /// counts, but it does not count as done within the time.
    /// </summary>
    /// <param name="measuring">Called when the warm-up is over.</param>
    public static async Task<LoadResult> Send(Load load, TimeProvider time, Action? measuring = null)
    {
        var server = Loopback.Require(load.Target);
        var run = new LoadRun(load, time);
        using var patience = new CancellationTokenSource(load.WarmUp + load.Duration + LoadLimits.AnswerMax, time);
        var callers = Enumerable
            .Range(0, load.Callers)
            .Select(_ => Task.Run(() => run.Call(server, patience.Token)))
            .ToList();
        await Task.WhenAny(Task.WhenAll(callers), Task.Delay(load.WarmUp, time));
        measuring?.Invoke();
        var tallies = await Task.WhenAll(callers);
        return run.Sum(tallies);
    }

    private async Task<Tally> Call(System.Net.IPEndPoint server, CancellationToken patience)
    {
        var tally = new Tally();
        using var connection = new HttpConnection(server);
        while (Interlocked.Increment(ref _next) is var number && number < _load.Count)
        {
            // The intended time, not the time at which a caller was free: else a stalled server would hide its stall.
            var due = _load.PerSecond is { } rate
                ? _start + (long)(number / rate * _time.TimestampFrequency)
                : _time.GetTimestamp();
            if (due >= _end)
            {
                break;
            }

            if (_time.GetElapsedTime(_time.GetTimestamp(), due) is { Ticks: > 0 } early)
            {
                await Task.Delay(early, _time, patience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            var isGood = await Ask(connection, number, due, patience);
            var now = _time.GetTimestamp();
            if (due >= _measuredFrom)
            {
                tally.Latencies.Record(_time.GetElapsedTime(due, now));
            }

            if (isGood && now >= _measuredFrom && now < _end)
            {
                tally.Done++;
                tally.DoneInSlot[(now - _measuredFrom) * LoadResult.Slots / (_end - _measuredFrom)]++;
                tally.Last = now;
            }
        }

        return tally;
    }

    private async ValueTask<bool> Ask(HttpConnection connection, int number, long due, CancellationToken patience)
    {
        try
        {
            var status = await connection.Ask(_load.Request(number), patience);
            if (status is >= 200 and < 300 && connection.Body.IndexOf(_load.Expected.Span) >= 0)
            {
                return true;
            }

            Blame(due, status is >= 200 and < 300 ? $"{status} otherwise" : $"{status}");
        }
        catch (IOException)
        {
            Blame(due, "cut");
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            Blame(due, "no answer");
        }

        return false;
    }

    /// <summary>Errors count from the first: one in the warm-up is no better than a later one.</summary>
    private void Blame(long due, string code) =>
        _errors.AddOrUpdate(due < _measuredFrom ? $"{code} in warm-up" : code, 1, (_, count) => count + 1);

    private LoadResult Sum(Tally[] tallies)
    {
        var all = new Histogram();
        foreach (var tally in tallies)
        {
            all.Add(tally.Latencies);
        }

        // A load that was used up early is measured over the time it took, not over the time it was given.
        var isUsedUp = _next >= _load.Count && _load.PerSecond is null;
        var last = tallies.Max(tally => tally.Last);
        var elapsed = isUsedUp && last > 0 ? _time.GetElapsedTime(_measuredFrom, last) : _load.Duration;
        return new LoadResult(tallies.Sum(tally => tally.Done), elapsed, all, _errors)
        {
            Rates = Rates(tallies, elapsed),
        };
    }

    private double[] Rates(Tally[] tallies, TimeSpan elapsed)
    {
        var slot = _load.Duration / LoadResult.Slots;
        var whole = Math.Min(LoadResult.Slots, (int)(elapsed / slot));
        return
        [
            .. Enumerable
                .Range(0, whole)
                .Select(number => tallies.Sum(tally => tally.DoneInSlot[number]) / slot.TotalSeconds),
        ];
    }

    private long Ticks(TimeSpan duration) => (long)(duration.TotalSeconds * _time.TimestampFrequency);

    private sealed class Tally
    {
        public Histogram Latencies { get; } = new();

        public long Done { get; set; }

        public long Last { get; set; }

        public long[] DoneInSlot { get; } = new long[LoadResult.Slots];
    }
}

/// <param name="Done">Good answers within the measured time.</param>
/// <param name="Latencies">From when each request was due to the end of its answer, good or not.</param>
/// <param name="Errors">By status, or by what happened to the connection.</param>
internal sealed record LoadResult(
    long Done,
    TimeSpan Elapsed,
    Histogram Latencies,
    IReadOnlyDictionary<string, long> Errors
)
{
    /// <summary>Parts of the time for which rates are told: enough to see a stall, few enough to draw.</summary>
    public const int Slots = 20;

    /// <summary>Good answers a second, part by part.</summary>
    public IReadOnlyList<double> Rates { get; init; } = [];

    public double PerSecond => Elapsed > TimeSpan.Zero ? Done / Elapsed.TotalSeconds : 0;
}
