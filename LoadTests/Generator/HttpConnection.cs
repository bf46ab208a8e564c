using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;

namespace EcosystemSilo.LoadTests.Generator;

/// <summary>
/// One kept-alive HTTP/1.1 connection that sends ready-made bytes and reads no more of an answer than it must: the
/// generator shares its processors with what it measures.
/// </summary>
internal sealed class HttpConnection : IDisposable
{
    private readonly IPEndPoint _server;
    private readonly byte[] _buffer = new byte[16 * 1024];
    private readonly byte[] _body = new byte[256];
    private int _bodyLength;
    private Socket? _socket;
    private int _start;
    private int _end;

    /// <param name="server">From <see cref="Loopback.Require"/>.</param>
    public HttpConnection(IPEndPoint server) => _server = server;

    /// <summary>What the last answer's body begins with: enough to see what became of a delivery.</summary>
    public ReadOnlySpan<byte> Body => _body.AsSpan(0, _bodyLength);

    /// <summary>Bytes of the last answer's body, as sent.</summary>
    public long BodyBytes { get; private set; }

    /// <summary>Sends one request and returns the status of its answer, whose body has been read to its end.</summary>
    /// <exception cref="IOException">The connection broke; the next call opens another.</exception>
    public async ValueTask<int> Ask(ReadOnlyMemory<byte> request, CancellationToken cancellation)
    {
        try
        {
            _socket ??= await Connect(cancellation);
            var sent = 0;
            while (sent < request.Length)
            {
                sent += await _socket.SendAsync(request[sent..], SocketFlags.None, cancellation);
            }

            return await ReadAnswer(cancellation);
        }
        catch (Exception fault)
        {
            Dispose();
            throw fault is SocketException ? new IOException("The connection broke.", fault) : fault;
        }
    }

    public void Dispose()
    {
        _socket?.Dispose();
        _socket = null;
    }

    private async Task<Socket> Connect(CancellationToken cancellation)
    {
        (_start, _end) = (0, 0);
        var socket = new Socket(_server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(_server, cancellation);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async ValueTask<int> ReadAnswer(CancellationToken cancellation)
    {
        int headEnd;
        while ((headEnd = Unread.IndexOf("\r\n\r\n"u8)) < 0)
        {
            await Fill(cancellation);
        }

        var head = _buffer.AsSpan(_start, headEnd + 2);
        if (!head.StartsWith("HTTP/1.1 "u8) || !Utf8Parser.TryParse(head[9..], out int status, out _))
        {
            throw new IOException("The answer does not begin with a status line.");
        }

        var length = Length(head);
        BodyBytes = 0;
        _bodyLength = 0;
        _start += headEnd + 4;
        await (length < 0 ? ReadChunks(cancellation) : ReadBody(length, cancellation));
        return status;
    }

    private Span<byte> Unread => _buffer.AsSpan(_start, _end - _start);

    /// <summary>The Content-Length; -1 for a chunked body.</summary>
    private static long Length(ReadOnlySpan<byte> head)
    {
        var at = head.IndexOf("\r\nContent-Length: "u8);
        if (at < 0)
        {
            return head.IndexOf("\r\nTransfer-Encoding: chunked\r\n"u8) < 0 ? 0 : -1;
        }

        return Utf8Parser.TryParse(head[(at + "\r\nContent-Length: "u8.Length)..], out long length, out _)
            ? length
            : throw new IOException("The answer's Content-Length is no number.");
    }

    private async ValueTask ReadBody(long length, CancellationToken cancellation)
    {
        BodyBytes += length;
        while (length > 0)
        {
            if (_start == _end)
            {
                await Fill(cancellation);
            }

            var part = Unread[..(int)Math.Min(length, _end - _start)];
            var kept = part[..Math.Min(part.Length, _body.Length - _bodyLength)];
            kept.CopyTo(_body.AsSpan(_bodyLength));
            _bodyLength += kept.Length;
            _start += part.Length;
            length -= part.Length;
        }
    }

    private async ValueTask ReadChunks(CancellationToken cancellation)
    {
        long length;
        do
        {
            int lineEnd;
            while ((lineEnd = Unread.IndexOf("\r\n"u8)) < 0)
            {
                await Fill(cancellation);
            }

            if (!Utf8Parser.TryParse(Unread[..lineEnd], out length, out _, 'x'))
            {
                throw new IOException("A chunk of the answer has no length.");
            }

            _start += lineEnd + 2;
            await ReadBody(length, cancellation);
            while (_end - _start < 2)
            {
                await Fill(cancellation);
            }

            _start += 2;
        } while (length > 0);
    }

    private async ValueTask Fill(CancellationToken cancellation)
    {
        if (_start == _end)
        {
            (_start, _end) = (0, 0);
        }
        else if (_end == _buffer.Length)
        {
            Unread.CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        var read =
            _end < _buffer.Length
                ? await _socket!.ReceiveAsync(_buffer.AsMemory(_end), SocketFlags.None, cancellation)
                : throw new IOException("The head of an answer is larger than any of ours.");
        _end += read > 0 ? read : throw new IOException("The server closed the connection.");
    }
}
