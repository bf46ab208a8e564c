using System.Text.Json;
using EcosystemSilo.Gateway.Board;
using Microsoft.AspNetCore.SignalR.Client;
using Xunit;

namespace EcosystemSilo.Tests.Board;

/// <summary>A viewer behind a real hub connection.</summary>
internal sealed class HubViewer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly HubConnection connection;
    private readonly Lock gate = new();
    private readonly TaskCompletionSource closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Exception? wrong;
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="connection">Not started yet.</param>
    /// <param name="board">What the viewer has from an earlier connection; null for nothing.</param>
    public HubViewer(HubConnection connection, BoardViewer? board = null)
    {
        this.connection = connection;
        Board = board ?? new BoardViewer();
        connection.On<JsonElement>("Snapshot", board => Take(viewer => viewer.Take(board)));
        connection.On<JsonElement>("Delta", delta => Take(viewer => viewer.Apply(delta)));
        connection.Closed += _ =>
        {
            closed.TrySetResult();
            return Task.CompletedTask;
        };
    }

    public BoardViewer Board { get; }

    /// <summary>Completes when the connection is lost, however long that takes.</summary>
    public Task Lost => closed.Task;

    public Task Closed => closed.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);

    public Task Connect() => connection.StartAsync(TestContext.Current.CancellationToken);

    public Task Watch(string ecosystem, string kind, WatchFilter? filter = null, long? from = null) =>
        connection.InvokeAsync("Watch", ecosystem, kind, filter, from, TestContext.Current.CancellationToken);

    public Task Unwatch() => connection.InvokeAsync("Unwatch", TestContext.Current.CancellationToken);

    /// <summary>Waits until the board is as described; says what it was when it is not in time.</summary>
    public async Task Until(Func<BoardViewer, bool> condition, string awaited)
    {
        using var late = new CancellationTokenSource(Patience);
        while (true)
        {
            Task next;
            lock (gate)
            {
                ThrowIfWrong();
                if (condition(Board))
                {
                    return;
                }

                next = changed.Task;
            }

            try
            {
                await next.WaitAsync(late.Token);
            }
            catch (OperationCanceledException fault)
            {
                var ids = string.Join(", ", Board.Cards.Keys.Order(StringComparer.Ordinal));
                throw new TimeoutException(
                    $"Waited for {awaited}; at version {Board.Version} with cards {ids}.",
                    fault
                );
            }
        }
    }

    /// <summary>Whether the board is as described, between two messages.</summary>
    public bool Look(Func<BoardViewer, bool> condition)
    {
        lock (gate)
        {
            ThrowIfWrong();
            return condition(Board);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await connection.DisposeAsync();
        ThrowIfWrong();
    }

    private void ThrowIfWrong()
    {
        if (wrong is not null)
        {
            throw new InvalidOperationException("A message of the board broke its contract.", wrong);
        }
    }

    private void Take(Action<BoardViewer> message)
    {
        TaskCompletionSource waiting;
        lock (gate)
        {
            try
            {
                message(Board);
            }
            // The connection would swallow it: a message that breaks the contract is told to whoever looks next.
            catch (Exception fault)
            {
                wrong ??= fault;
            }

            waiting = changed;
            changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        waiting.TrySetResult();
    }
}
