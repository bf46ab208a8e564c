using System.Net;
using System.Security.Cryptography;
using System.Text;
using EcosystemSilo.LoadTests.Processes;
using Microsoft.Azure.Amqp;
using Microsoft.Azure.Amqp.Framing;
using Microsoft.Azure.Amqp.Sasl;
using Microsoft.Azure.Amqp.Transport;

namespace EcosystemSilo.LoadTests.EventHubs;

/// <summary>
/// A small broker of AMQP 1.0 that speaks what the Event Hubs client asks of the emulator: tokens put to <c>$cbs</c>,
/// the hub and its partitions read from <c>$management</c>, and receivers of partitions from any offset on. Messages
/// come from this process.
/// </summary>
public sealed class HubBroker : IRuntimeProvider, IAsyncDisposable
{
    private const string KeyName = "listen";

    private readonly HubLog[] _partitions;
    private readonly HubRequests _requests;
    private readonly string _key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
    private readonly int _port = ServerProcess.FreePort();
    private readonly HashSet<AmqpConnection> _connections = [];
    private readonly List<int> _attached = [];
    private AmqpConnectionListener? _listener;

    public HubBroker(string hub, int partitions)
    {
        Hub = hub;
        _partitions = [.. Enumerable.Range(0, partitions).Select(_ => new HubLog())];
        _requests = new HubRequests(this);
    }

    public string Hub { get; }

    public int Partitions => _partitions.Length;

    /// <summary>As the emulator's: plain AMQP on this machine.</summary>
    public string ConnectionString => ConnectionStringWith(_key);

    /// <summary>The same with a key that the broker refuses.</summary>
    public string WrongConnectionString => ConnectionStringWith(Convert.ToBase64String(new byte[32]));

    /// <summary>How often each partition has been begun to read.</summary>
    public IReadOnlyList<int> Attached
    {
        get
        {
            lock (_attached)
            {
                return [.. _attached];
            }
        }
    }

    public static HubBroker Start(string hub, int partitions)
    {
        var broker = new HubBroker(hub, partitions);
        broker.Open();
        return broker;
    }

    public void Open()
    {
        var sasl = new SaslTransportProvider();
        sasl.Versions.Add(new AmqpVersion(1, 0, 0));
        sasl.AddHandler(new SaslAnonymousHandler("MSSBCBS"));
        var settings = new AmqpSettings { RuntimeProvider = this };
        settings.TransportProviders.Add(sasl);
        _listener = new AmqpConnectionListener(
            [$"amqp://{IPAddress.Loopback}:{_port}"],
            settings,
            new AmqpConnectionSettings { ContainerId = "hub-broker", MaxFrameSize = 64 * 1024 }
        );
        _listener.Open();
    }

    /// <summary>Away for everybody, with everything that it holds.</summary>
    public void Close()
    {
        _listener?.Close();
        _listener = null;
        foreach (var connection in Connections())
        {
            connection.SafeClose();
        }
    }

    /// <summary>Sends as a producer does: to the partition of the key, or to the one given.</summary>
    public (int Partition, long Sequence) Send(HubEvent sent, int? partition = null)
    {
        var to = partition ?? PartitionOf(sent.PartitionKey ?? "");
        return (to, _partitions[to].Append(sent));
    }

    public int PartitionOf(string key) =>
        (int)(BitConverter.ToUInt32(SHA256.HashData(Encoding.UTF8.GetBytes(key))) % (uint)_partitions.Length);

    /// <summary>Fills a partition with messages that are made when they are read.</summary>
    public void Fill(int partition, long count, Func<long, HubEvent> make) => _partitions[partition].Begin(count, make);

    public AmqpConnection CreateConnection(
        TransportBase transport,
        ProtocolHeader protocolHeader,
        bool isInitiator,
        AmqpSettings amqpSettings,
        AmqpConnectionSettings connectionSettings
    )
    {
        var connection = new AmqpConnection(transport, protocolHeader, isInitiator, amqpSettings, connectionSettings);
        lock (_connections)
        {
            _connections.Add(connection);
        }

        connection.Closed += (_, _) =>
        {
            lock (_connections)
            {
                _connections.Remove(connection);
            }
        };
        return connection;
    }

    public AmqpSession CreateSession(AmqpConnection connection, AmqpSessionSettings settings) =>
        new(connection, settings, this);

    public AmqpLink CreateLink(AmqpSession session, AmqpLinkSettings settings) =>
        settings.IsReceiver() ? new ReceivingAmqpLink(session, settings) : new SendingAmqpLink(session, settings);

    public IAsyncResult BeginOpenLink(AmqpLink link, TimeSpan timeout, AsyncCallback callback, object state)
    {
        if (link is ReceivingAmqpLink asking)
        {
            _requests.Listen(asking);
        }
        else if (link is SendingAmqpLink sending)
        {
            var address = Uri.UnescapeDataString($"{((Source)link.Settings.Source).Address}");
            if (!_requests.Answers(address, sending))
            {
                Read(address, sending);
            }
        }

        var opened = new TaskCompletionSource(state);
        opened.SetResult();
        callback?.Invoke(opened.Task);
        return opened.Task;
    }

    public void EndOpenLink(IAsyncResult result) { }

    public ValueTask DisposeAsync()
    {
        Close();
        return ValueTask.CompletedTask;
    }

    internal HubLog LogOf(string partition) => _partitions[int.Parse(partition)];

    /// <summary>Whether a shared access signature is of this broker's key.</summary>
    internal bool Admits(string? signature)
    {
        var parts = (signature ?? "")
            .Replace("SharedAccessSignature ", "", StringComparison.Ordinal)
            .Split('&')
            .Select(part => part.Split('=', 2))
            .Where(part => part.Length == 2)
            .ToDictionary(part => part[0], part => part[1], StringComparer.Ordinal);
        if (!parts.TryGetValue("sr", out var resource) || !parts.TryGetValue("se", out var end))
        {
            return false;
        }

        var signed = HMACSHA256.HashData(Encoding.UTF8.GetBytes(_key), Encoding.UTF8.GetBytes($"{resource}\n{end}"));
        return parts.TryGetValue("sig", out var sig) && Uri.UnescapeDataString(sig) == Convert.ToBase64String(signed);
    }

    private string ConnectionStringWith(string key) =>
        $"Endpoint=sb://{IPAddress.Loopback}:{_port};SharedAccessKeyName={KeyName};SharedAccessKey={key};"
        + "UseDevelopmentEmulator=true";

    private AmqpConnection[] Connections()
    {
        lock (_connections)
        {
            return [.. _connections];
        }
    }

    private void Read(string address, SendingAmqpLink link)
    {
        if (!address.TrimStart('/').StartsWith($"{Hub}/", StringComparison.OrdinalIgnoreCase))
        {
            throw new AmqpException(AmqpErrorCode.NotFound, $"There is no {address}.");
        }

        var partition = address.Split('/')[^1];
        lock (_attached)
        {
            _attached.Add(int.Parse(partition));
        }

        _ = new HubReading(LogOf(partition), link).Run();
    }
}
