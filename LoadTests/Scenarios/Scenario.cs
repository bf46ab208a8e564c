using System.Globalization;
using EcosystemSilo.LoadTests.Processes;

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
        new("new", "deliveries that register partners nobody has heard of", IsForPeers: true, New),
        new("commands", "partners registered over REST", IsForPeers: false, Commands),
        new("board", "snapshots of a board of 2,000 cards", IsForPeers: false, Board),
        new("activation", "partners read over REST that are in nobody's memory", IsForPeers: false, Activation),
        new(
            "mixed",
            "webhooks with half of the callers or at the rate, beside hot, commands and board with "
                + "four callers or at a hundredth of the rate each",
            IsForPeers: false,
            Mixed
        ),
    ];

    private const int FewCallers = 4;
    private const double FewerPerSecond = 100;

    private static async Task<Measurement[]> Webhooks(Contestant to, LoadShape shape) =>
        [await to.ChangeAmounts(shape)];

    private static async Task<Measurement[]> Hot(Contestant to, LoadShape shape) =>
        [await to.ChangeAmounts(shape, deals: 1)];

    private static async Task<Measurement[]> New(Contestant to, LoadShape shape) => [await to.RegisterNew(shape)];

    private static async Task<Measurement[]> Commands(Contestant to, LoadShape shape) =>
        [await to.Send(shape, shape.Count, Registrations(shape), RestTraffic.Created)];

    private static async Task<Measurement[]> Board(Contestant to, LoadShape shape) =>
        [await to.Send(shape, shape.Count, RestTraffic.Board, ReadOnlyMemory<byte>.Empty)];

    /// <summary>Each partner is asked for once after a start, so that each time it must be activated.</summary>
    private static async Task<Measurement[]> Activation(Contestant to, LoadShape shape)
    {
        var gateway = (GatewayProcess)to.Server;
        var count = Math.Min(shape.Count, LoadLimits.ColdPartnersMax);
        await gateway.Stop();
        await ColdPartners.Register(gateway, count, Console.WriteLine);
        await gateway.Start();
        var requests = Ready(count, number => RestTraffic.Partner(ColdPartners.Name(number)));
        return [await to.Send(shape, count, requests, RestTraffic.Created)];
    }

    private static async Task<Measurement[]> Mixed(Contestant to, LoadShape shape)
    {
        var half = shape with { Callers = Math.Max(1, shape.Callers / 2) };
        var few = shape with { Callers = FewCallers, PerSecond = shape.PerSecond / FewerPerSecond };
        var (webhooks, hot, partners) = (to.SignAmounts(half), to.SignAmounts(few, deals: 1), Registrations(few));
        var kinds = await Task.WhenAll(
            to.Send(half, webhooks),
            to.Send(few, few.Count, partners, RestTraffic.Created),
            to.Send(few, hot),
            to.Send(few, few.Count, RestTraffic.Board, ReadOnlyMemory<byte>.Empty)
        );
        string[] names = ["webhooks", "commands", "hot", "board"];
        var done = kinds.Sum(measured => measured.Load.Done);
        return
        [
            .. kinds.Zip(names, (measured, name) => measured.ShareOf(done) with { Contestant = $"{to.Name} {name}" }),
        ];
    }

    private static Func<int, ReadOnlyMemory<byte>> Registrations(LoadShape shape)
    {
        var run = TimeProvider.System.GetTimestamp().ToString(CultureInfo.InvariantCulture);
        return Ready(shape.Count, number => RestTraffic.RegisterPartner(run, number));
    }

    /// <summary>Requests made before the run, so that their making is not measured.</summary>
    private static Func<int, ReadOnlyMemory<byte>> Ready(int count, Func<int, ReadOnlyMemory<byte>> request)
    {
        var requests = new ReadOnlyMemory<byte>[count];
        Parallel.For(0, count, number => requests[number] = request(number));
        return number => requests[number];
    }
}
