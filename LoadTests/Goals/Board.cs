using EcosystemSilo.LoadTests.Generator;
using EcosystemSilo.LoadTests.Scenarios;

namespace EcosystemSilo.LoadTests.Goals;

/// <summary>The board as a snapshot: what a page that opens waits for.</summary>
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

    private const int Snapshots = 40;

    public static async Task<IReadOnlyList<GoalResult>> Measure(Bench bench)
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
}
