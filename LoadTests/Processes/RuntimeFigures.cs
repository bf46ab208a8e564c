using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace EcosystemSilo.LoadTests.Processes;

/// <summary>What a server's runtime says of its managed memory, since the server started.</summary>
/// <param name="AllocatedBytes">By all threads; short of the truth by at most 8 KB a thread.</param>
/// <param name="Gen0">Collections of generation 0, those of higher generations included.</param>
/// <param name="HeapBytes">What the last collection left of the managed heap.</param>
public readonly record struct RuntimeFigures(
    long AllocatedBytes,
    int Gen0,
    int Gen1,
    int Gen2,
    TimeSpan Paused,
    long HeapBytes
)
{
    private const string SocketSetting = "LOADTESTS_RUNTIME_SOCKET";

    /// <summary>Makes a server answer <see cref="Of"/> from its next start on; its code knows nothing of it.</summary>
    public static void Watch(ServerProcess server, string socket)
    {
        server.Set("DOTNET_STARTUP_HOOKS", typeof(RuntimeFigures).Assembly.Location);
        server.Set(SocketSetting, socket);
    }

    public static RuntimeFigures Of(string socket)
    {
        using var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        connection.Connect(new UnixDomainSocketEndPoint(socket));
        using var reader = new StreamReader(new NetworkStream(connection), Encoding.ASCII);
        var numbers = Array.ConvertAll(
            reader.ReadToEnd().Split(' '),
            text => long.Parse(text, CultureInfo.InvariantCulture)
        );
        return new RuntimeFigures(
            numbers[0],
            (int)numbers[1],
            (int)numbers[2],
            (int)numbers[3],
            TimeSpan.FromTicks(numbers[4]),
            numbers[5]
        );
    }

    /// <summary>Inside the server: a thread of its own that answers whoever connects, and sleeps otherwise.</summary>
    /// <returns>Whether this server is one that is measured.</returns>
    internal static bool Serve()
    {
        if (Environment.GetEnvironmentVariable(SocketSetting) is not { } socket)
        {
            return false;
        }

        File.Delete(socket);
        new Thread(() => Answer(socket)) { IsBackground = true, Name = "runtime figures" }.Start();
        return true;
    }

    private static void Answer(string socket)
    {
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(socket));
        listener.Listen();
        while (true)
        {
            using var asker = listener.Accept();
            long[] numbers =
            [
                GC.GetTotalAllocatedBytes(),
                GC.CollectionCount(0),
                GC.CollectionCount(1),
                GC.CollectionCount(2),
                GC.GetTotalPauseDuration().Ticks,
                GC.GetGCMemoryInfo().HeapSizeBytes,
            ];
            asker.Send(Encoding.ASCII.GetBytes(string.Join(' ', numbers)));
        }
    }

    public static RuntimeFigures operator -(RuntimeFigures after, RuntimeFigures before) =>
        new(
            after.AllocatedBytes - before.AllocatedBytes,
            after.Gen0 - before.Gen0,
            after.Gen1 - before.Gen1,
            after.Gen2 - before.Gen2,
            after.Paused - before.Paused,
            after.HeapBytes
        );
}
