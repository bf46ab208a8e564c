using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Net.WebSockets;
using EcosystemSilo.LoadTests.Generator;
using EcosystemSilo.LoadTests.Processes;

namespace EcosystemSilo.LoadTests.Scenarios;

/// <summary>
/// People who keep the board of deals open, over SignalR's JSON protocol on web sockets. Most read all they get, and
/// see how long each change was on its way. Some never read; whenever the server cuts one of these off, it comes back
/// and does not read again, so that there are as many of them at any time.
/// </summary>
internal sealed class Viewers(Uri gateway, Func<int, TimeSpan?> sinceSent) : IAsyncDisposable
{
    /// <summary>Every tenth viewer does not read.</summary>
    public const int NotReadingEvery = 10;

    private const byte RecordSeparator = 0x1e;

    /// <summary>More than a delta of a board this busy; what is larger is taken in parts.</summary>
    private const int BufferBytes = 64 * 1024;

    private static readonly TimeSpan PingInterval = TimeSpan.FromSeconds(10);

    /// <summary>Once the server has closed, a ping is answered by a reset: nothing else tells it.</summary>
    private static readonly TimeSpan SilentPingInterval = TimeSpan.FromSeconds(1);

    private readonly Uri _hub = new($"ws://{gateway.Authority}/hubs/board");
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentBag<Histogram> _delays = [];
    private readonly ConcurrentBag<Task> _running = [];
    private long _bytes;
    private int _cut;
    private int _returned;

    /// <summary>From when a delivery was sent to when a viewer had the change: commit to client, and more.</summary>
    public Histogram Delays
    {
        get
        {
            var all = new Histogram();
            foreach (var delays in _delays)
            {
                all.Add(delays);
            }

            return all;
        }
    }

    public long BytesReceived => Interlocked.Read(ref _bytes);

    /// <summary>Readers whose connection ended before the run did.</summary>
    public int Cut => _cut;

    /// <summary>How often one that does not read was cut off and came back.</summary>
    public int Returned => _returned;

    public async Task Open(int count)
    {
        _ = Loopback.Require(gateway);
        await Parallel.ForAsync(
            0,
            count,
            new ParallelOptions { MaxDegreeOfParallelism = 32 },
            async (number, _) =>
            {
                var reads = number % NotReadingEvery != 0;
                var socket = await Watch(reads);
                _running.Add(Task.Run(() => reads ? Read(socket) : StaySilent(socket)));
            }
        );
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await Task.WhenAll(_running);
        _end.Dispose();
    }

    private async Task<ClientWebSocket> Watch(bool reads)
    {
        var handler = new SocketsHttpHandler();
        handler.ConnectCallback = async (context, stop) =>
        {
            var tcp = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            if (!reads)
            {
                // Else the system would read for it, by megabytes.
                tcp.ReceiveBufferSize = 4 * 1024;
            }

            await tcp.ConnectAsync(context.DnsEndPoint, stop);
            return new NetworkStream(tcp, ownsSocket: true);
        };
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("X-Api-Key", GatewayProcess.BootstrapKey);
        using var invoker = new HttpMessageInvoker(handler, disposeHandler: false);
        await socket.ConnectAsync(_hub, invoker, _end.Token);
        await Say(socket, """{"protocol":"json","version":1}""");
        await Say(socket, """{"type":1,"target":"Watch","arguments":["acme","deals",null,null]}""");
        return socket;
    }

    private ValueTask Say(ClientWebSocket socket, string message) =>
        socket.SendAsync(
            (byte[])[.. System.Text.Encoding.UTF8.GetBytes(message), RecordSeparator],
            WebSocketMessageType.Text,
            WebSocketMessageFlags.EndOfMessage,
            _end.Token
        );

    private async Task StaySilent(ClientWebSocket socket)
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(SilentPingInterval, TimeProvider.System, _end.Token);
                await Say(socket, """{"type":6}""");
            }
            catch (WebSocketException)
            {
                socket.Dispose();
                socket = await Watch(reads: false);
                Interlocked.Increment(ref _returned);
            }
            catch (OperationCanceledException)
            {
                break;
            }
        }

        socket.Dispose();
    }

    private async Task Read(ClientWebSocket socket)
    {
        var delays = new Histogram();
        var buffer = new byte[BufferBytes];
        var (filled, isNew, isDelta) = (0, true, false);
        var pinged = TimeProvider.System.GetTimestamp();
        try
        {
            while (true)
            {
                var part = await socket.ReceiveAsync(buffer.AsMemory(filled), _end.Token);
                Interlocked.Add(ref _bytes, part.Count);
                filled += part.Count;
                if (part.EndOfMessage || filled == buffer.Length)
                {
                    isDelta = isNew ? buffer.AsSpan(0, filled).IndexOf("\"Delta\""u8) >= 0 : isDelta;
                    Note(isDelta ? buffer.AsSpan(0, filled) : [], delays);
                    (filled, isNew) = (0, part.EndOfMessage);
                }

                if (TimeProvider.System.GetElapsedTime(pinged) > PingInterval)
                {
                    pinged = TimeProvider.System.GetTimestamp();
                    await Say(socket, """{"type":6}""");
                }
            }
        }
        catch (Exception end) when (end is OperationCanceledException or WebSocketException)
        {
            Interlocked.Add(ref _cut, _end.IsCancellationRequested ? 0 : 1);
        }

        socket.Dispose();
        _delays.Add(delays);
    }

    /// <summary>
    /// Each amount names the delivery that set it. One that ends where the bytes end may go on in the next part, and is
    /// left out.
    /// </summary>
    private void Note(ReadOnlySpan<byte> message, Histogram delays)
    {
        while (message.IndexOf("\"minor\":"u8) is var at && at >= 0)
        {
            message = message[(at + "\"minor\":"u8.Length)..];
            if (
                Utf8Parser.TryParse(message, out int minor, out var length)
                && length < message.Length
                && sinceSent(minor) is { } delay
            )
            {
                delays.Record(delay);
            }
        }
    }
}
