using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Endpoints;
using EcosystemSilo.Grains.Interfaces.Notifications;

namespace EcosystemSilo.Tests.Simulation;

/// <summary>A notification as it reached its receiver, whatever the sender came to know of that.</summary>
internal sealed record Receipt(string Endpoint, string Event, string? Lane, string Body);

/// <summary>
/// The servers behind all endpoints. Mostly they answer; sometimes the answer is lost, and now and then one is ill for
/// days, some so long that it is given up.
/// </summary>
internal sealed class Receivers(World world, int seed)
{
    private readonly Random _luck = new(seed);
    private readonly Dictionary<GrainKey, (DateTimeOffset Until, int? Status)> _ill = [];
    private readonly List<Receipt> _received = [];

    /// <summary>In the order in which they came.</summary>
    public IReadOnlyList<Receipt> Received => _received;

    /// <summary>The network from one process to the receivers.</summary>
    public ICarrier From(SimulatedProcess process) => new Carrier(this, process);

    /// <summary>The status that the sender sees; null when it sees none.</summary>
    private int? Receive(GrainKey endpoint, NotificationView notification)
    {
        if (!world.IsOver && IsIll(endpoint, out var status))
        {
            return status;
        }

        _received.Add(new Receipt(endpoint.ToString(), notification.Event.Value, notification.Lane, notification.Body));
        return !world.IsOver && Happens(20) ? null : 204;
    }

    private bool IsIll(GrainKey endpoint, out int? status)
    {
        if (!_ill.TryGetValue(endpoint, out var illness) || illness.Until < world.Now)
        {
            if (!Happens(25))
            {
                status = null;
                return false;
            }

            illness = (world.Now + TimeSpan.FromHours(Math.Pow(10, _luck.NextDouble() * 2.4)), AnyTrouble());
            _ill[endpoint] = illness;
        }

        status = illness.Status;
        return true;
    }

    private int? AnyTrouble() =>
        _luck.Next(12) switch
        {
            0 => 410,
            < 4 => null,
            < 7 => 503,
            _ => 500,
        };

    private bool Happens(int oneIn) => _luck.Next(oneIn) == 0;

    private sealed class Carrier(Receivers receivers, SimulatedProcess process) : ICarrier
    {
        public async Task<Attempt> Carry(
            GrainKey endpoint,
            EndpointView to,
            NotificationView notification,
            CancellationToken cancellation
        )
        {
            var took = receivers._luck.Next(1, 3_000);
            await Task.Delay(TimeSpan.FromMilliseconds(took), process.Clock, cancellation);
            var status = receivers.Receive(endpoint, notification);
            return new Attempt(
                process.Clock.GetUtcNow(),
                took,
                status,
                status is null ? "timeout" : null,
                RetryAfterSeconds: status == 503 ? 600 : null
            );
        }
    }
}
