using System.Collections.Concurrent;
using System.Net.Sockets;

namespace EcosystemSilo.LoadTests.Chaos.Audit;

/// <summary>Looks at the boards of all gateways all the time: their versions only move forward.</summary>
internal sealed class BoardWatch : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentQueue<Violation> _violations = new();
    private readonly Task _watching;

    public BoardWatch(Stage stage) =>
        _watching = Task.WhenAll(
            stage.Gateways.SelectMany(process =>
                new[] { "partners", "deals" }.Select(kind => Task.Run(() => Watch(process, kind)))
            )
        );

    public IEnumerable<Violation> Violations => _violations;

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _watching;
        _stopping.Dispose();
    }

    private async Task Watch(Supervisor process, string kind)
    {
        using var client = process.Gateway.Client();
        client.Timeout = TimeSpan.FromSeconds(10);
        var last = 0L;
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                var version = await BoardAudit.Version(client, kind);
                if (version < last)
                {
                    _violations.Enqueue(
                        new Violation(Finding.BoardWentBack, $"the board of {kind} went from {last} to {version}")
                    );
                }

                last = version;
            }
            catch (Exception away) when (away is HttpRequestException or SocketException or OperationCanceledException)
            {
                // The process is dead or paused.
            }

            await Task.Delay(Interval, TimeProvider.System);
        }
    }
}
