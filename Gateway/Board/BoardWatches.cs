using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using EcosystemSilo.Grains.Interfaces.Board;
using Microsoft.AspNetCore.SignalR;

namespace EcosystemSilo.Gateway.Board;

/// <summary>What each connection watches.</summary>
public sealed class BoardWatches : IDisposable
{
    private readonly ConcurrentDictionary<string, Running> running = new(StringComparer.Ordinal);
    private readonly Meter meter = new("EcosystemSilo");
    private readonly IBoard board;
    private readonly IHubContext<BoardHub> hub;
    private readonly StillValid stillValid;
    private readonly TimeProvider time;
    private readonly ILogger<BoardWatches> log;
    private readonly Counter<long> messages;
    private readonly Counter<long> dropped;

    public BoardWatches(
        IBoard board,
        IHubContext<BoardHub> hub,
        StillValid stillValid,
        TimeProvider time,
        ILogger<BoardWatches> log
    )
    {
        (this.board, this.hub, this.stillValid, this.time, this.log) = (board, hub, stillValid, time, log);
        messages = meter.CreateCounter<long>("ecosystemsilo.board.messages", "{message}", "Sent to viewers.");
        dropped = meter.CreateCounter<long>("ecosystemsilo.board.dropped", "{viewer}", "Viewers that were cut off.");
        meter.CreateObservableUpDownCounter(
            "ecosystemsilo.board.viewers",
            () => running.Count,
            "{viewer}",
            "Connections that watch a board."
        );
    }

    private sealed record Running(Task Done, CancellationTokenSource Cancel);

    internal void Start(HubCallerContext connection, BoardScope scope, long? from)
    {
        var cancel = CancellationTokenSource.CreateLinkedTokenSource(connection.ConnectionAborted);
        var watch = new BoardWatch(
            board,
            scope,
            (method, json) => Send(connection, method, json),
            stillValid.Of(connection)
        );
        running[connection.ConnectionId] = new Running(Run(watch, from, connection, cancel.Token), cancel);
    }

    /// <summary>Cuts a connection off when its credentials end, whether or not it watches anything.</summary>
    internal async Task Guard(HubCallerContext connection)
    {
        try
        {
            do
            {
                await Task.Delay(BoardLimits.QuietRecheckInterval, time, connection.ConnectionAborted);
            } while (await stillValid.Now(connection, connection.ConnectionAborted) is not null);

            log.CredentialsEnded(connection.ConnectionId);
            connection.Abort();
        }
        catch (OperationCanceledException) when (connection.ConnectionAborted.IsCancellationRequested)
        {
            // It has gone by itself.
        }
    }

    /// <summary>Ends a connection's watch; when it returns, nothing more of it is sent.</summary>
    internal async Task Stop(string connection)
    {
        if (running.TryRemove(connection, out var watch))
        {
            await watch.Cancel.CancelAsync();
            await watch.Done;
            watch.Cancel.Dispose();
        }
    }

    public void Dispose() => meter.Dispose();

    private async Task Run(BoardWatch watch, long? from, HubCallerContext connection, CancellationToken cancellation)
    {
        // The hub method answers first, so that a viewer knows that it watches before the first message.
        await Task.Yield();
        try
        {
            await watch.Run(from, cancellation);
            log.CredentialsEnded(connection.ConnectionId);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return;
        }
        catch (TimeoutException)
        {
            log.ViewerTooSlow(connection.ConnectionId, BoardLimits.SendPatience.TotalSeconds);
        }
        // The outermost loop of a watch: whatever failed, the viewer reconnects and takes a snapshot.
        catch (Exception fault)
        {
            log.WatchFailed(connection.ConnectionId, fault);
        }

        dropped.Add(1);
        connection.Abort();
    }

    /// <summary>
    /// Waits until the viewer has taken most of what is on its way, and gives up on one that does not read. A watch
    /// that is replaced waits too, or a viewer that never reads could pile up snapshots by watching again and again.
    /// </summary>
    private async Task Send(HubCallerContext connection, string method, BoardJson json)
    {
        messages.Add(1, new KeyValuePair<string, object?>("method", method));
        var sending = hub.Clients.Client(connection.ConnectionId).SendAsync(method, json, CancellationToken.None);
        await sending.WaitAsync(BoardLimits.SendPatience, time, connection.ConnectionAborted);
    }
}
