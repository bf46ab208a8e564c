using System.IO.Pipelines;
using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace EcosystemSilo.Tests.Support;

/// <summary>
/// Connects the SignalR client over a web socket: the package that usually does is not in the mirror.
/// </summary>
internal sealed class WebSocketConnections(Uri address, Action<ClientWebSocketOptions> configure) : IConnectionFactory
{
    public async ValueTask<ConnectionContext> ConnectAsync(
        EndPoint endpoint,
        CancellationToken cancellationToken = default
    )
    {
        var socket = new ClientWebSocket();
        configure(socket.Options);
        await socket.ConnectAsync(address, cancellationToken);
        return new WebSocketConnection(socket);
    }
}

internal sealed class WebSocketConnection : ConnectionContext, IDuplexPipe
{
    private readonly ClientWebSocket socket;
    private readonly Pipe received = new();
    private readonly Pipe sent = new();
    private readonly CancellationTokenSource closed = new();
    private readonly Task pumps;

    public WebSocketConnection(ClientWebSocket socket)
    {
        this.socket = socket;
        Transport = this;
        pumps = Task.WhenAll(Receive(), Send());
    }

    public override string ConnectionId { get; set; } = Guid.NewGuid().ToString();

    public override IFeatureCollection Features { get; } = new FeatureCollection();

    public override IDictionary<object, object?> Items { get; set; } = new Dictionary<object, object?>();

    public override IDuplexPipe Transport { get; set; }

    public PipeReader Input => received.Reader;

    public PipeWriter Output => sent.Writer;

    public override async ValueTask DisposeAsync()
    {
        await closed.CancelAsync();
        socket.Abort();
        await pumps;
        socket.Dispose();
        closed.Dispose();
    }

    /// <summary>A socket that is aborted between two calls is found disposed by the next one.</summary>
    private static bool IsEnd(Exception fault) =>
        fault is WebSocketException or OperationCanceledException or ObjectDisposedException;

    private async Task Receive()
    {
        try
        {
            while (socket.State == WebSocketState.Open)
            {
                var part = await socket.ReceiveAsync(received.Writer.GetMemory(4096), closed.Token);
                received.Writer.Advance(part.Count);
                await received.Writer.FlushAsync(closed.Token);
            }
        }
        catch (Exception fault) when (IsEnd(fault))
        {
            // The end of the connection, which completing the pipe tells.
        }

        await received.Writer.CompleteAsync();
    }

    private async Task Send()
    {
        try
        {
            while (await sent.Reader.ReadAsync(closed.Token) is { IsCompleted: false } read)
            {
                foreach (var part in read.Buffer)
                {
                    await socket.SendAsync(part, WebSocketMessageType.Text, endOfMessage: true, closed.Token);
                }

                sent.Reader.AdvanceTo(read.Buffer.End);
            }
        }
        catch (Exception fault) when (IsEnd(fault))
        {
            // The end of the connection, which completing the pipe tells.
        }

        await sent.Reader.CompleteAsync();
    }
}
