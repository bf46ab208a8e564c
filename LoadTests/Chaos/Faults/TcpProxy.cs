using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace EcosystemSilo.LoadTests.Chaos.Faults;

/// <summary>What happens to the bytes between the gateway and its database.</summary>
internal enum Weather
{
    Clear,

    /// <summary>Connections stay open and nothing comes through, either way.</summary>
    Stalled,

    /// <summary>Nobody can connect, and whoever was connected is cut.</summary>
    Gone,
}

/// <summary>
/// Stands between the servers (TCP on an address of this machine) and PostgreSQL (its unix socket), and does to their
/// connections what networks do.
/// </summary>
internal sealed class TcpProxy : IAsyncDisposable
{
    private const int BufferBytes = 64 * 1024;

    private readonly string _socket;
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<Line, bool> _lines = new();
    private readonly Task _accepting;
    private volatile TaskCompletionSource _clear = Done();
    private volatile Weather _weather;

    /// <param name="socket">The unix socket to stand before.</param>
    /// <param name="address">Where to listen; null for the loopback address.</param>
    public TcpProxy(string socket, IPAddress? address = null)
    {
        _socket = socket;
        _listener = new TcpListener(address ?? IPAddress.Loopback, 0);
        _listener.Start();
        _accepting = Accept();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public Weather Weather
    {
        get => _weather;
        set
        {
            _weather = value;
            if (value == Weather.Stalled)
            {
                _clear = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
            else
            {
                _clear.TrySetResult();
            }

            if (value == Weather.Gone)
            {
                CutAll();
            }
        }
    }

    /// <summary>Ends all connections at once, whatever is on its way.</summary>
    public void CutAll()
    {
        foreach (var line in _lines.Keys)
        {
            line.Cut();
        }
    }

    /// <summary>Lets half of each connection's next request through and ends it: cut mid-commit.</summary>
    public void CutMidRequest() => OnEveryLine(line => line.CutsNextRequest = true);

    /// <summary>Lets each connection's next request through and ends it in place of the reply.</summary>
    public void DropReplies() => OnEveryLine(line => line.DropsNextReply = true);

    public async ValueTask DisposeAsync()
    {
        // In this order: whoever accepts on a listener that was stopped is told that it does not listen.
        await _stopping.CancelAsync();
        await _accepting;
        _listener.Stop();
        Weather = Weather.Gone;
        _stopping.Dispose();
    }

    private void OnEveryLine(Action<Line> change)
    {
        foreach (var line in _lines.Keys)
        {
            change(line);
        }
    }

    private async Task Accept()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptSocketAsync(_stopping.Token);
                _ = Serve(client);
            }
        }
        catch (OperationCanceledException)
        {
            // Nobody may connect any more.
        }
    }

    private async Task Serve(Socket client)
    {
        using var server = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        var line = new Line(client, server);
        _lines.TryAdd(line, true);
        try
        {
            if (_weather == Weather.Gone)
            {
                return;
            }

            await server.ConnectAsync(new UnixDomainSocketEndPoint(_socket));
            await Task.WhenAny(Requests(line), Replies(line));
        }
        catch (SocketException)
        {
            // The server is away; the client learns it by its own end.
        }
        finally
        {
            line.Cut();
            _lines.TryRemove(line, out _);
        }
    }

    private async Task Requests(Line line)
    {
        var buffer = new byte[BufferBytes];
        while (await Read(line.Client, buffer) is var count and > 0)
        {
            await _clear.Task;
            if (line.CutsNextRequest)
            {
                await Write(line.Server, buffer.AsMemory(0, count / 2));
                return;
            }

            line.HasAsked = line.DropsNextReply;
            if (!await Write(line.Server, buffer.AsMemory(0, count)))
            {
                return;
            }
        }
    }

    private async Task Replies(Line line)
    {
        var buffer = new byte[BufferBytes];
        while (await Read(line.Server, buffer) is var count and > 0)
        {
            await _clear.Task;
            if ((line.DropsNextReply && line.HasAsked) || !await Write(line.Client, buffer.AsMemory(0, count)))
            {
                return;
            }
        }
    }

    private static async Task<int> Read(Socket from, Memory<byte> buffer)
    {
        try
        {
            return await from.ReceiveAsync(buffer);
        }
        catch (Exception cut) when (cut is SocketException or ObjectDisposedException)
        {
            return 0;
        }
    }

    private static async Task<bool> Write(Socket to, ReadOnlyMemory<byte> bytes)
    {
        try
        {
            while (bytes.Length > 0)
            {
                bytes = bytes[await to.SendAsync(bytes)..];
            }

            return true;
        }
        catch (Exception cut) when (cut is SocketException or ObjectDisposedException)
        {
            return false;
        }
    }

    private static TaskCompletionSource Done()
    {
        var done = new TaskCompletionSource();
        done.SetResult();
        return done;
    }

    /// <summary>One connection of the gateway and the one to the server that belongs to it.</summary>
    private sealed record Line(Socket Client, Socket Server)
    {
        public volatile bool CutsNextRequest;
        public volatile bool DropsNextReply;
        public volatile bool HasAsked;

        public void Cut()
        {
            Client.Close(0);
            Server.Close(0);
        }
    }
}
