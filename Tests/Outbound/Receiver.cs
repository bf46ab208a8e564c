using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using EcosystemSilo.Tests.Support;

namespace EcosystemSilo.Tests.Outbound;

/// <summary>
/// A receiver of webhooks on a real socket of this machine, as kind or as hostile as a test wants. It speaks just
/// enough HTTP itself, because no server would misbehave like this.
/// </summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _over = new();
    private readonly ConcurrentQueue<Received> _all = new();
    private readonly Task _accepting;

    /// <summary>The ports of those who connected, in their order, and which of them were its own.</summary>
    private readonly ConcurrentQueue<int> _connected = new();
    private readonly ConcurrentQueue<int> _own = new();

    public Receiver(Func<Received, HttpReply>? answer = null)
    {
        Answer = answer ?? (_ => HttpReply.Of(204));
        _listener.Start();
        _accepting = Accept();
    }

    public Func<Received, HttpReply> Answer { get; set; }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public string Url => $"http://127.0.0.1:{Port}/hooks";

    /// <summary>
    /// How many have so much as connected until now. A connection of its own, which is not counted, comes in behind
    /// theirs: without it, one that is not accepted yet would be missed.
    /// </summary>
    public async Task<int> Connections()
    {
        using var last = new TcpClient();
        await last.ConnectAsync(IPAddress.Loopback, Port);
        var own = ((IPEndPoint)last.Client.LocalEndPoint!).Port;
        _own.Enqueue(own);
        await Awaited.Until(() => Task.FromResult(_connected.Contains(own)), "the receiver to accept one more");
        return _connected.TakeWhile(port => port != own).Except(_own).Count();
    }

    public IReadOnlyList<Received> All => [.. _all];

    public async ValueTask DisposeAsync()
    {
        // In this order: whoever accepts on a listener that was stopped is told that it does not listen.
        await _over.CancelAsync();
        await _accepting;
        _listener.Stop();
        _over.Dispose();
    }

    private async Task Accept()
    {
        var open = new List<Task>();
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_over.Token);
                _connected.Enqueue(((IPEndPoint)client.Client.RemoteEndPoint!).Port);
                open.Add(Serve(client));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(open);
        }
    }

    private async Task Serve(TcpClient client)
    {
        using (client)
        {
            try
            {
                await using var stream = client.GetStream();
                while (await Read(stream) is { } received)
                {
                    _all.Enqueue(received);
                    if (!await Write(stream, Answer(received)))
                    {
                        return;
                    }
                }
            }
            catch (Exception end) when (end is IOException or OperationCanceledException or SocketException)
            {
                // The sender hung up, or the test is over.
            }
        }
    }

    private async Task<Received?> Read(NetworkStream stream)
    {
        var text = new StringBuilder();
        var one = new byte[1];
        while (!text.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one, _over.Token) == 0)
            {
                return null;
            }

            text.Append((char)one[0]);
        }

        var headers = text.ToString()
            .Split("\r\n", StringSplitOptions.RemoveEmptyEntries)
            .Skip(1)
            .Select(line => line.Split(':', 2))
            .ToDictionary(pair => pair[0], pair => pair[1].Trim(), StringComparer.OrdinalIgnoreCase);
        var body = new byte[int.Parse(headers.GetValueOrDefault("Content-Length", "0"))];
        await stream.ReadExactlyAsync(body, _over.Token);
        return new Received(headers, body, TimeProvider.System.GetTimestamp());
    }

    /// <returns>Whether the connection may be used again.</returns>
    private async Task<bool> Write(NetworkStream stream, HttpReply reply)
    {
        if (reply.Hangs)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, _over.Token);
        }

        var length = reply.IsEndless ? "" : $"Content-Length: {Encoding.UTF8.GetByteCount(reply.Body)}\r\n";
        var head = $"HTTP/1.1 {reply.Status} Whatever\r\n{length}{reply.Headers}\r\n{reply.Body}";
        await stream.WriteAsync(Encoding.UTF8.GetBytes(head), _over.Token);
        var junk = new byte[8 * 1024];
        while (reply.IsEndless)
        {
            await stream.WriteAsync(junk, _over.Token);
        }

        return true;
    }
}

/// <param name="At">By the computer's timestamp.</param>
internal sealed record Received(IReadOnlyDictionary<string, string> Headers, byte[] Body, long At)
{
    public string Id => Headers["webhook-id"];

    public string Text => Encoding.UTF8.GetString(Body);
}

/// <param name="Headers">Lines that end in CR LF.</param>
internal sealed record HttpReply(int Status, string Body, string Headers, bool Hangs = false, bool IsEndless = false)
{
    public static HttpReply Of(int status, string body = "", string headers = "") => new(status, body, headers);

    public static HttpReply Hanging { get; } = new(200, "", "", Hangs: true);

    public static HttpReply Endless { get; } = new(200, "", "", IsEndless: true);
}
