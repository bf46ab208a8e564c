using EcosystemSilo.LoadTests.Scenarios;

namespace EcosystemSilo.LoadTests.Goals;

/// <summary>The board as 1,000 people watch it, a tenth of whom never read what they are sent.</summary>
internal static class Viewing
{
    public static readonly Goal Delay = new(
        "viewers",
        "1,000 viewers at 200 events a second: delivery sent to change seen, p99",
        Side.AtMost,
        250,
        "ms"
    );

    /// <summary>Flat is: no more than this. In the first quarter of the time, buffers and caches still fill.</summary>
    public static readonly Goal Memory = new(
        "viewers-memory",
        "server memory, median of the last quarter of the time against that of the second, a tenth of the viewers not "
            + "reading; of working set and managed heap the one that grew more",
        Side.AtMost,
        1.1,
        "x"
    );

    private const int EventsPerSecond = 200;
    private const double Megabyte = 1024 * 1024;
    private static readonly TimeSpan SampleInterval = TimeSpan.FromSeconds(1);

    public static async Task<IReadOnlyList<GoalResult>> Measure(Bench bench)
    {
        var product = await bench.Warm(Contestant.Product);
        var shape = new LoadShape(16, TimeSpan.FromSeconds(5), bench.Extent.Viewing, EventsPerSecond);
        var sent = new long[shape.Count];
        var viewers = new Viewers(new Uri(product.Server.Url), minor => SinceSent(sent, product.DeliveryOf(minor)));
        var (load, samples) = await Watch(bench, product, viewers, shape, sent);
        if (load.Load.Errors.Count > 0 || viewers.Cut > 0 || viewers.Delays.Count == 0)
        {
            throw new InvalidOperationException(
                $"Errors: {load.Errors}; {viewers.Cut} viewers cut off, {viewers.Delays.Count} changes seen."
            );
        }

        bench.Measurements.Add(load with { Contestant = "product, watched" });
        var seen = viewers.Delays;
        var delays = new[] { 50, 90, 99, 99.9 }.Select(p => new Series(
            $"p{p}",
            "ms",
            [seen.Percentile(p).TotalMilliseconds]
        ));
        var (workingSet, heap) = (samples.ConvertAll(one => one.WorkingSet), samples.ConvertAll(one => one.Heap));
        var readers = bench.Extent.Viewers - (bench.Extent.Viewers / Viewers.NotReadingEvery);
        return
        [
            Delay.Measured(
                [seen.Percentile(99).TotalMilliseconds],
                [.. delays],
                $"{bench.Extent.Viewers:n0} viewers, {readers:n0} of them reading, all of these timed; {EventsPerSecond} "
                    + $"events/s for {bench.Extent.Viewing}; {seen.Count:n0} changes seen, "
                    + $"{viewers.BytesReceived >> 20:n0} MB received"
            ),
            Memory.Measured(
                [Math.Max(Growth(workingSet), Growth(heap))],
                [new("working set", "MB", workingSet), new("managed heap after its last collection", "MB", heap)],
                $"over {bench.Extent.Viewing}: working set {Growth(workingSet):0.00} x, managed heap {Growth(heap):0.00} "
                    + $"x; viewers that do not read were cut off and came back {viewers.Returned:n0} times"
            ),
        ];
    }

    private static async Task<(Measurement Load, List<(double WorkingSet, double Heap)> Memory)> Watch(
        Bench bench,
        Contestant product,
        Viewers viewers,
        LoadShape shape,
        long[] sent
    )
    {
        await using var all = viewers;
        bench.Tell($"viewers: {bench.Extent.Viewers:n0} open the board");
        await viewers.Open(bench.Extent.Viewers);

        bench.Tell($"viewers: watching for {bench.Extent.Viewing}");
        using var done = new CancellationTokenSource();
        var memory = Sample(product, done.Token);
        var load = await product.ChangeAmounts(
            shape,
            sending: number => Volatile.Write(ref sent[number], TimeProvider.System.GetTimestamp())
        );
        await done.CancelAsync();
        return (load, await memory);
    }

    private static TimeSpan? SinceSent(long[] sent, int number) =>
        number >= 0 && number < sent.Length && Volatile.Read(ref sent[number]) is > 0 and var since
            ? TimeProvider.System.GetElapsedTime(since)
            : null;

    private static async Task<List<(double WorkingSet, double Heap)>> Sample(Contestant of, CancellationToken end)
    {
        var samples = new List<(double, double)>();
        while (!end.IsCancellationRequested)
        {
            samples.Add((of.Server.Usage.MemoryBytes / Megabyte, of.Runtime.HeapBytes / Megabyte));
            await Task.Delay(SampleInterval, TimeProvider.System, end)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return samples;
    }

    /// <summary>The last quarter of the samples against the second.</summary>
    internal static double Growth(IReadOnlyList<double> samples)
    {
        var quarter = Math.Max(1, samples.Count / 4);
        var last = Spread.Of([.. samples.TakeLast(quarter)]).Median;
        return last / Spread.Of([.. samples.Skip(Math.Min(quarter, samples.Count - 1)).Take(quarter)]).Median;
    }
}
