using System.Diagnostics;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Notifications;
using EcosystemSilo.Journal;
using EcosystemSilo.Silo.Telemetry;
using Microsoft.Extensions.Logging;

namespace EcosystemSilo.Silo.Outbound;

/// <summary>What couriers share.</summary>
/// <param name="WaitingMax">Notifications that wait for one endpoint.</param>
/// <param name="Places">Bounds the requests of all endpoints together.</param>
internal sealed record CourierTools(
    ICarrier Carrier,
    IGrains Grains,
    TimeProvider Clock,
    OutboundMetrics Metrics,
    int WaitingMax,
    SemaphoreSlim Places,
    ILogger Logger
);

/// <summary>
/// Sends what waits for one endpoint, each endpoint with a courier of its own, so that one that is slow or hangs takes
/// nothing from the others. It notes each attempt at the notification; the rest follows from the journal. When the
/// process dies in the middle of an attempt, nothing is noted, and whoever follows the journal next makes another.
/// </summary>
internal sealed class Courier(GrainKey endpoint, EndpointQueue queue, CourierTools tools)
{
    /// <summary>For a version that this process has read of and may not have in memory yet.</summary>
    private static readonly TimeSpan ReadPatience = TimeSpan.FromSeconds(2);

    /// <summary>Until it is cancelled, and then until nothing is under way any more.</summary>
    public async Task Run(CancellationToken over)
    {
        var underWay = new List<Task>();
        while (!over.IsCancellationRequested)
        {
            var changed = queue.Changed;
            if (queue.Borrow(tools.Clock.GetUtcNow(), out var pause) is { } waiting)
            {
                underWay.RemoveAll(task => task.IsCompleted);
                underWay.Add(Send(waiting, over));
            }
            else
            {
                await changed.WaitAsync(pause, tools.Clock, over).ConfigureAwait(Scheduling.Quietly);
            }
        }

        await Task.WhenAll(underWay);
    }

    private async Task Send(Waiting waiting, CancellationToken over)
    {
        try
        {
            await tools.Places.WaitAsync(over);
            try
            {
                await Attempt(waiting, over);
            }
            finally
            {
                tools.Places.Release();
            }
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // It still waits, for whoever goes on.
        }
        // The outermost loop of one notification: others must not wait for the mending of a bug.
        catch (Exception bug)
        {
            Log.NotificationFailed(tools.Logger, waiting.Key.ToString(), bug);
            queue.Postpone(waiting, tools.Clock.GetUtcNow() + OutboundLimits.FaultPause);
        }
    }

    private async Task Attempt(Waiting waiting, CancellationToken over)
    {
        var notification = await Patiently(
            () => tools.Grains.Read<NotificationView>(waiting.Key, new ReadAt(waiting.Version, ReadPatience), over),
            over
        );
        if (notification is null || notification.Version < waiting.Version)
        {
            queue.Postpone(waiting, tools.Clock.GetUtcNow() + ReadPatience);
            return;
        }

        if (notification.Version > waiting.Version)
        {
            // Something happened to it that the reader of the journal has yet to come to.
            return;
        }

        using var span = Traces.Follow("notification", ActivityKind.Producer, waiting.Correlation ?? "");
        var attempt = await tools.Carrier.Carry(endpoint, queue.Endpoint, notification.View, over);
        tools.Metrics.Attempted(attempt);
        var number = notification.View.Attempts + 1;
        var record = new RecordAttempt(number, attempt);
        var ask = new Ask($"{endpoint.Ecosystem}/outbound", $"{waiting.Key}/{number}", "outbound", $"{waiting.Key}");
        await Patiently(() => tools.Grains.Ask(waiting.Key, record, ask, over), over);
    }

    private async Task<T> Patiently<T>(Func<Task<T>> ask, CancellationToken over)
    {
        while (true)
        {
            try
            {
                return await ask();
            }
            catch (GrainUnavailableException fault)
            {
                Log.CourierWaits(tools.Logger, endpoint.ToString(), fault);
                await Task.Delay(Limits.RetryDelay, tools.Clock, over);
            }
        }
    }
}
