using System.Net;
using EcosystemSilo.Gateway.Auth;
using EcosystemSilo.Gateway.Board;
using EcosystemSilo.LoadTests.Processes;
using EcosystemSilo.Tests.Board;
using EcosystemSilo.Tests.Support;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Processes;

/// <summary>
/// A board that stays open: whenever its connection is lost it connects again and goes on from the version it has.
/// </summary>
internal sealed class ReconnectingViewer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>Shorter than SignalR's own, to notice a process that hangs; the hub speaks every 10 s.</summary>
    private static readonly TimeSpan SilenceMax = TimeSpan.FromSeconds(12);

    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly BoardViewer _board = new();
    private readonly Task _watching;
    private readonly string _cookie;
    private HubViewer? _current;

    /// <param name="cookie">Told apart by it, viewers of a proxy are spread over its processes.</param>
    public ReconnectingViewer(string url, string ecosystem, string kind, string cookie = "viewer=0")
    {
        _cookie = cookie;
        _watching = Watch(new Uri($"{url.Replace("http", "ws")}{BoardHub.Path}"), ecosystem, kind);
    }

    /// <summary>How often it has connected.</summary>
    public int Connections { get; private set; }

    public Task Connected() => _connected.Task.WaitAsync(Patience);

    public async Task Until(Func<BoardViewer, bool> condition)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (!Look(condition))
        {
            TimeProvider
                .System.GetElapsedTime(since)
                .ShouldBeLessThan(Patience, $"at version {_board.Version} with {_board.Cards.Count} cards");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _watching;
        _stop.Dispose();
    }

    /// <summary>Looks when no message is being taken in; the connection's viewer guards the board.</summary>
    private bool Look(Func<BoardViewer, bool> condition) =>
        Volatile.Read(ref _current) is { } current ? current.Look(condition) : condition(_board);

    private async Task Watch(Uri hub, string ecosystem, string kind)
    {
        while (!_stop.IsCancellationRequested)
        {
            await using var viewer = new HubViewer(Connection(hub), _board);
            Volatile.Write(ref _current, viewer);
            try
            {
                await viewer.Connect();
                await viewer.Watch(ecosystem, kind, from: _board.Version < 0 ? null : _board.Version);
                Connections++;
                _connected.TrySetResult();
                await viewer.Lost.WaitAsync(_stop.Token);
            }
            catch (Exception lost) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
            {
                // Whatever it was, a browser tries again.
                _ = lost;
            }

            await Task.Delay(Pause, TimeProvider.System, _stop.Token)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private HubConnection Connection(Uri hub)
    {
        var builder = new HubConnectionBuilder();
        builder.Services.AddSingleton<EndPoint>(new UriEndPoint(hub));
        builder.Services.AddSingleton<IConnectionFactory>(
            new WebSocketConnections(
                hub,
                options =>
                {
                    options.SetRequestHeader(ApiKeyAuthentication.Header, GatewayProcess.BootstrapKey);
                    options.SetRequestHeader("Cookie", _cookie);
                }
            )
        );
        var connection = builder.Build();
        connection.ServerTimeout = SilenceMax;
        return connection;
    }
}

internal static class Boards
{
    /// <summary>Waits until the boards of all processes are the same: cards and version.</summary>
    public static async Task<string> Agree(IEnumerable<GatewayProcess> processes)
    {
        var all = processes.ToList();
        List<string> boards = [];
        await Awaited.Until(
            async () =>
            {
                boards = [.. await Task.WhenAll(all.Select(Show))];
                return boards.Distinct(StringComparer.Ordinal).Count() == 1;
            },
            "the boards of all processes to agree"
        );
        return boards[0];
    }

    private static async Task<string> Show(GatewayProcess process)
    {
        using var client = process.Client();
        var board = new BoardViewer();
        board.Take(await client.MustGet("/api/acme/board"));
        return Text(board);
    }

    /// <summary>Version and cards as one text, to compare boards by.</summary>
    public static string Text(BoardViewer board)
    {
        var cards = board.Cards.OrderBy(card => card.Key, StringComparer.Ordinal).Select(card => card.Value);
        return $"{board.Version}\n{string.Join('\n', cards)}";
    }
}
