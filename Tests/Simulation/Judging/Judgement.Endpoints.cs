using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Lists;
using EcosystemSilo.Tests.Simulation.Lives;

namespace EcosystemSilo.Tests.Simulation.Judging;

/// <summary>
/// Promise 4 of endpoints: each is told of every event that it wants, what the journal says was delivered had reached
/// it, and what it wants in order comes in order.
/// </summary>
internal sealed partial class Judgement
{
    /// <summary>How far the times of events can lie apart that were written by different clocks.</summary>
    private static readonly TimeSpan ClocksApart = TimeSpan.FromDays(2.1);

    private void JudgeEndpoints()
    {
        var notifications = Rows.Where(row => row.Kind == "notification").ToLookup(EndpointOf);
        foreach (var endpoint in Rows.Where(row => row.Name is "endpoint.created"))
        {
            var own = notifications[endpoint.Grain].ToLookup(row => row.Grain);
            JudgeTold(endpoint, own);
            JudgeReceived(endpoint, own);
            if (endpoint.Data.GetProperty("settings").GetProperty("order").GetString() == "fifo")
            {
                JudgeSequence(endpoint, own);
            }
        }
    }

    private void JudgeTold(JournalRow endpoint, ILookup<string, JournalRow> notifications)
    {
        var history = ByGrain[endpoint.Grain].ToList();
        var status = history.LastOrDefault(row => Status(row) is not null);
        if (status?.Name is "endpoint.disabled" or "endpoint.deleted")
        {
            return;
        }

        // Where it goes on after a break is looked for by times, and clocks differ.
        var breaks = history.Where(row => row.Name is "endpoint.disabled" or "endpoint.failing").ToList();
        foreach (var row in Rows.Where(row => row.Position > endpoint.Position && Wants(endpoint, row)))
        {
            var told = notifications[$"{endpoint.Ecosystem}/notification/{endpoint.Id}.evt-{row.Position}"].ToList();
            var isSure = breaks.TrueForAll(at => (row.At - at.At).Duration() > ClocksApart);
            if (told.Count == 0 && isSure)
            {
                _report($"promise 4: {endpoint.Grain} was never told of {row}");
            }

            if (told.Count > 0 && IsPending(told[^1]))
            {
                _report($"promise 4: {endpoint.Grain} still waits for {row}: {told[^1]}");
            }
        }
    }

    private void JudgeReceived(JournalRow endpoint, ILookup<string, JournalRow> notifications)
    {
        var received = _received.Where(receipt => receipt.Endpoint == endpoint.Grain).ToLookup(one => one.Event);
        foreach (var history in notifications)
        {
            var delivered = history.Count(row => row.Name is "notification.delivered");
            var rounds = 1 + history.Count(row => row.Name is "notification.requeued");
            var happened = history.First().Text("event");
            if (delivered > rounds)
            {
                _report($"promise 2: {history.Last()} was delivered {delivered} times");
            }

            if (delivered > received[happened].Count())
            {
                _report($"promise 1: {history.Last()} was noted as delivered and never came");
            }
        }

        foreach (var receipts in received)
        {
            var sent = notifications[$"{endpoint.Ecosystem}/notification/{endpoint.Id}.{receipts.Key}"]
                .FirstOrDefault();
            if (receipts.FirstOrDefault(receipt => receipt.Body != sent?.Text("body")) is { } stray)
            {
                _report($"promise 4: {endpoint.Grain} received {stray.Event}, of which the journal says {sent}");
            }
        }
    }

    /// <summary>What is tried again after it was given up comes late, and is left out.</summary>
    private void JudgeSequence(JournalRow endpoint, ILookup<string, JournalRow> notifications)
    {
        var asked = notifications
            .Where(history => history.All(row => row.Name is not ("notification.failed" or "notification.requeued")))
            .ToDictionary(history => history.First().Text("event"), history => history.First().Position);
        var firsts = _received
            .Where(receipt => receipt.Endpoint == endpoint.Grain && asked.ContainsKey(receipt.Event))
            .DistinctBy(receipt => receipt.Event);
        foreach (var lane in firsts.GroupBy(receipt => receipt.Lane))
        {
            if (lane.Zip(lane.Skip(1)).Any(pair => asked[pair.First.Event] > asked[pair.Second.Event]))
            {
                var order = string.Join(", ", lane.Select(receipt => receipt.Event));
                _report($"promise 4: {endpoint.Grain} received what happened to {lane.Key} out of order: {order}");
            }
        }
    }

    private void JudgeEndpointViews(SimulatedSilo silo, EcosystemId ecosystem)
    {
        var list = silo.Of<IEndpointList>();
        foreach (var endpoint in Rows.Where(row => row.Name is "endpoint.created" && row.Ecosystem == ecosystem.Value))
        {
            var ends = Rows.Where(row => row.Kind == "notification" && EndpointOf(row) == endpoint.Grain)
                .GroupBy(row => row.Grain)
                .CountBy(history => history.Last().Name)
                .ToDictionary();
            var pending =
                ends.GetValueOrDefault("notification.created")
                + ends.GetValueOrDefault("notification.requeued")
                + ends.GetValueOrDefault("notification.attempt-failed");
            var counts = list.Counts(ecosystem, new EndpointId(endpoint.Id));
            Compare(
                $"notifications of {endpoint.Grain} at {silo.Name}",
                [
                    $"{pending} pending, {ends.GetValueOrDefault("notification.delivered")} delivered, "
                        + $"{ends.GetValueOrDefault("notification.failed")} failed, "
                        + $"{ends.GetValueOrDefault("notification.cancelled")} cancelled",
                ],
                [
                    $"{counts.Pending} pending, {counts.Delivered} delivered, {counts.Failed} failed, "
                        + $"{counts.Cancelled} cancelled",
                ]
            );
        }
    }

    private static bool Wants(JournalRow endpoint, JournalRow row)
    {
        var type = row.Name.Replace("lifecycle.", $"{row.Kind}.", StringComparison.Ordinal);
        return row.Ecosystem == endpoint.Ecosystem
            && row.Kind is "partner" or "deal"
            && (
                endpoint.Data.GetProperty("settings").GetProperty("order").GetString() == "fifo"
                    ? EndpointLife.TypesInOrder
                    : EndpointLife.TypesAsItComes
            ).Contains(type);
    }

    private static bool IsPending(JournalRow last) =>
        last.Name is "notification.created" or "notification.attempt-failed" or "notification.requeued";

    private static string? Status(JournalRow row) =>
        row.Name is "endpoint.created" or "endpoint.disabled" or "endpoint.enabled" or "endpoint.deleted"
            ? row.Name
            : null;

    private static string EndpointOf(JournalRow notification) =>
        $"{notification.Ecosystem}/endpoint/{notification.Id[..notification.Id.LastIndexOf('.')]}";
}
