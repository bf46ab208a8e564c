using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;
using EcosystemSilo.Journal;

namespace EcosystemSilo.LoadTests.Chaos.Hooks;

/// <summary>
/// Tells whoever asks which grains a silo has committed commands of: where they are active, as long as no silo has
/// gone.
/// </summary>
internal class Whereabouts : InterceptedJournal
{
    /// <summary>A socket's backlog of connections that nobody has taken: one program asks.</summary>
    private const int AskersMax = 4;

    private readonly ConcurrentDictionary<string, bool> _grains = new(StringComparer.Ordinal);

    /// <param name="socket">The unix socket on which it answers.</param>
    public static IJournal Around(IJournal journal, string socket)
    {
        var around = Create<IJournal, Whereabouts>();
        var self = (Whereabouts)(object)around;
        self.Inner = journal;
        File.Delete(socket);
        new Thread(() => self.Answer(socket)) { IsBackground = true, Name = "whereabouts" }.Start();
        return around;
    }

    /// <summary>The keys of the grains, asked from another process.</summary>
    public static IReadOnlySet<string> Ask(string socket)
    {
        using var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        connection.Connect(new UnixDomainSocketEndPoint(socket));
        using var reader = new StreamReader(new NetworkStream(connection), Encoding.UTF8);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
    }

    protected override Task<AppendResult> OnAppend(Append append, CancellationToken stop)
    {
        _grains[append.Grain] = true;
        return Inner.Append(append, stop);
    }

    private void Answer(string socket)
    {
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(socket));
        listener.Listen(AskersMax);
        while (true)
        {
            using var asker = listener.Accept();
            using var answer = new NetworkStream(asker);
            answer.Write(Encoding.UTF8.GetBytes(string.Join('\n', _grains.Keys)));
        }
    }
}
