using System.Collections.Concurrent;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Endpoints;
using EcosystemSilo.Grains.Interfaces.Notifications;

namespace EcosystemSilo.Tests.Notifications;

/// <summary>Answers as a test's receivers would, without a network, and remembers what it was given.</summary>
internal sealed class ScriptedCarrier(TimeProvider clock) : ICarrier
{
    private readonly ConcurrentQueue<Carried> _all = new();

    /// <summary>What an endpoint answers; 204 unless a test says otherwise.</summary>
    public Func<Carried, CancellationToken, Task<int?>> Answer { get; set; } = (_, _) => Task.FromResult<int?>(204);

    public IReadOnlyList<Carried> All => [.. _all];

    public IReadOnlyList<Carried> To(string endpoint) => [.. _all.Where(carried => carried.Endpoint == endpoint)];

    public async Task<Attempt> Carry(
        GrainKey endpoint,
        EndpointView to,
        NotificationView notification,
        CancellationToken cancellation
    )
    {
        var carried = new Carried(
            endpoint.Id,
            notification.Event.Value,
            notification.Type,
            notification.Body,
            clock.GetUtcNow()
        );
        _all.Enqueue(carried);
        var status = await Answer(carried, cancellation);
        return new Attempt(clock.GetUtcNow(), 1, status, status is null ? "timeout" : null);
    }
}

internal sealed record Carried(string Endpoint, string Event, string Type, string Body, DateTimeOffset At);
