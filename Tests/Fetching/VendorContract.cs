using System.Collections.Concurrent;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.WearableStreams;
using Xunit;

namespace EcosystemSilo.Tests.Fetching;

/// <summary>
/// One silo, and one server that is every sender: the first part of the path says for which stream it answers.
/// </summary>
public sealed class VendorContract : IAsyncLifetime
{
    private readonly ConcurrentDictionary<string, Connection> _connections = [];
    private VendorServer? _server;
    private FetchingSilo? _silo;
    private int _made;

    internal FetchingSilo Silo => _silo!;

    public async ValueTask InitializeAsync()
    {
        _server = await VendorServer.Start(Take);
        _silo = await FetchingSilo.Start();
    }

    public async ValueTask DisposeAsync()
    {
        await Silo.DisposeAsync();
        await _server!.DisposeAsync();
    }

    /// <summary>A stream of each sender, announced what its case says, and asked for it by now.</summary>
    /// <param name="answers">By the sender, what was asked, and the number of the question for the stream.</param>
    internal async Task<IReadOnlyList<Connection>> Announce(Func<VendorCase, Asked, int, Answer> answers)
    {
        var all = await ConnectAll(answers);
        foreach (var one in all)
        {
            await Silo.Silo.Accept(one.Stream, one.Case.Announced(one.Address));
        }

        // News without a version waits for its repeats.
        Silo.Move(TimeSpan.FromSeconds(11));
        return all;
    }

    /// <summary>A stream of each sender.</summary>
    internal async Task<IReadOnlyList<Connection>> ConnectAll(Func<VendorCase, Asked, int, Answer> answers)
    {
        var all = new List<Connection>();
        foreach (var vendor in VendorCase.All)
        {
            all.Add(await Connect(vendor, answers));
        }

        return all;
    }

    internal async Task<Connection> Connect(VendorCase vendor, Func<VendorCase, Asked, int, Answer> answers)
    {
        var name = $"{vendor.Scheme}-{_made++}";
        var address = $"{_server!.Address}{name}/";
        var made = new Connection(vendor, address, answers);
        _connections[name] = made;
        made.Stream = await Silo.Connect(vendor.Scheme, address, new SourceId(name));
        return made;
    }

    internal Task<WearableStreamView> Until(
        Connection connection,
        Func<WearableStreamView, bool> condition,
        string awaited
    ) => Silo.Silo.Until(connection.Stream, condition, awaited);

    private Answer Take(Asked asked)
    {
        var name = asked.Path.Split('/')[1];
        return _connections[name].Take(asked with { Path = asked.Path[(name.Length + 1)..] });
    }

    /// <summary>A stream and its sender.</summary>
    internal sealed class Connection(VendorCase vendor, string address, Func<VendorCase, Asked, int, Answer> answers)
    {
        private readonly ConcurrentQueue<Asked> _log = [];

        public VendorCase Case => vendor;

        public string Address => address;

        public GrainKey Stream { get; set; }

        public IReadOnlyCollection<Asked> Log => [.. _log];

        public Answer Take(Asked asked)
        {
            _log.Enqueue(asked);
            return answers(vendor, asked, _log.Count);
        }
    }
}
