using EcosystemSilo.LoadTests.Generator;
using EcosystemSilo.LoadTests.Processes;
using EcosystemSilo.LoadTests.Scenarios;

namespace EcosystemSilo.LoadTests.Goals;

/// <summary>The board as a snapshot, and as 1,000 people watch it.</summary>
internal static class Board
{
    public static readonly Goal Time = new("board", "2,000-card board snapshot, time", Side.AtMost, 20, "ms");

    public static readonly Goal Size = new(
        "board-size",
        "2,000-card board snapshot, compressed",
        Side.AtMost,
        200,
        "KB"
    );

    public static readonly Goal Delay = new(
        "viewers",
        "1,000 viewers at 200 events a second: delivery sent to change seen, p99",
        Side.AtMost,
        250,
        "ms"
    );

    public static readonly Goal Memory = new(
        "viewers-memory",
        "server memory at the end against after a quarter, a tenth of the viewers not reading",
        Side.AtMost,
        1.1,
        "x"
    );

    private const int EventsPerSecond = 200;
    private const int Snapshots = 40;
    private static readonly TimeSpan SampleInterval = TimeSpan.FromSeconds(1);

    public static async Task<IReadOnlyList<GoalResult>> MeasureSnapshot(Bench bench)
    {
        var product = await bench.Warm(Contestant.Product);
        using var connection = new HttpConnection(Loopback.Require(new Uri(product.Server.Url)));
        var (times, sizes) = (new List<double>(), new List<double>());
        for (var number = -5; number < Snapshots; number++)
        {
            bench.Tell("board: snapshots");
            // The board has changed since the last, so that none is answered from what was written before.
            await product.ChangeAmounts(LoadShape.Once(20));
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
            var since = TimeProvider.System.GetTimestamp();
            var status = await connection.Ask(RestTraffic.Board(number), CancellationToken.None);
            if (status != 200)
            {
                throw new InvalidOperationException($"The board was answered with {status}.");
            }

            if (number >= 0)
            {
                times.Add(TimeProvider.System.GetElapsedTime(since).TotalMilliseconds);
                sizes.Add(connection.BodyBytes / 1024.0);
            }
        }

        const string Note = "one caller, from request to last byte; the board changes before each";
        return
        [
            Time.Measured(times, [new("snapshot", "ms", times)], Note),
            Size.Measured(sizes, [new("snapshot", "KB", sizes)]),
        ];
    }

    public static async Task<IReadOnlyList<GoalResult>> MeasureViewers(Bench bench)
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

        bench.Measurements.Add(load);
        var delays = new[] { 50, 90, 99, 99.9 }.Select(p => viewers.Delays.Percentile(p).TotalMilliseconds).ToList();
        var note =
            $"{bench.Extent.Viewers:n0} viewers, one in {Viewers.NotReadingEvery} not reading, {EventsPerSecond} events/s, "
            + $"{bench.Extent.Viewing}; {viewers.Delays.Count:n0} changes timed, {viewers.BytesReceived >> 20:n0} MB received";
        return
        [
            Delay.Measured([delays[2]], [new("p50, p90, p99, p99.9", "ms", delays)], note),
            Memory.Measured([Growth(samples)], [new("server memory", "MB", samples)], note),
        ];
    }

    private static async Task<(Measurement Load, List<double> Memory)> Watch(
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
        var memory = Sample(product.Server, done.Token);
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

    private static async Task<List<double>> Sample(ServerProcess server, CancellationToken end)
    {
        var samples = new List<double>();
        while (!end.IsCancellationRequested)
        {
            samples.Add(server.Usage.MemoryBytes / 1024.0 / 1024.0);
            await Task.Delay(SampleInterval, TimeProvider.System, end)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return samples;
    }

    /// <summary>The last quarter against the second: in the first, buffers and caches fill.</summary>
    private static double Growth(List<double> samples)
    {
        var quarter = Math.Max(1, samples.Count / 4);
        return samples.TakeLast(quarter).Average() / samples.Skip(quarter).Take(quarter).Average();
    }
}
