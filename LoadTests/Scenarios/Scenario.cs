using System.Globalization;

namespace EcosystemSilo.LoadTests.Scenarios;

/// <summary>Something to send at a contestant.</summary>
/// <param name="IsForPeers">Whether the peers take it as well; they know nothing but deliveries.</param>
internal sealed record Scenario(
    string Name,
    string What,
    bool IsForPeers,
    Func<Contestant, LoadShape, Task<Measurement[]>> Send
)
{
    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("webhooks", "deliveries, spread over 2,000 partners' deals", IsForPeers: true, Webhooks),
        new("hot", "deliveries, all to one partner's deal", IsForPeers: true, Hot),
        new("commands", "partners registered over REST", IsForPeers: false, Commands),
        new("board", "snapshots of a board of 2,000 cards", IsForPeers: false, Board),
        new("mixed", "all of these at once, webhooks with half of the callers", IsForPeers: false, Mixed),
    ];

    private static async Task<Measurement[]> Webhooks(Contestant to, LoadShape shape) =>
        [await to.ChangeAmounts(shape)];

    private static async Task<Measurement[]> Hot(Contestant to, LoadShape shape) =>
        [await to.ChangeAmounts(shape, deals: 1)];

    private static async Task<Measurement[]> Commands(Contestant to, LoadShape shape)
    {
        var run = TimeProvider.System.GetTimestamp().ToString(CultureInfo.InvariantCulture);
        var requests = new ReadOnlyMemory<byte>[shape.Count];
        Parallel.For(0, requests.Length, number => requests[number] = RestTraffic.RegisterPartner(run, number));
        return [await to.Send(shape, requests.Length, number => requests[number], RestTraffic.Created)];
    }

    private static async Task<Measurement[]> Board(Contestant to, LoadShape shape) =>
        [await to.Send(shape, shape.Count, RestTraffic.Board, ReadOnlyMemory<byte>.Empty)];

    private static async Task<Measurement[]> Mixed(Contestant to, LoadShape shape)
    {
        var (half, few) = (shape with { Callers = Math.Max(1, shape.Callers / 2) }, shape with { Callers = 4 });
        var kinds = await Task.WhenAll(Webhooks(to, half), Commands(to, few), Hot(to, few), Board(to, few));
        string[] names = ["webhooks", "commands", "hot", "board"];
        return [.. kinds.Zip(names, (measured, name) => measured[0] with { Contestant = $"{to.Name} {name}" })];
    }
}
