using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Endpoints;
using EcosystemSilo.Journal;
using EcosystemSilo.Silo.Projections;

namespace EcosystemSilo.Silo.Outbound;

/// <summary>
/// All endpoints with what waits for each, as of one position, and their couriers. They begin to send only when every
/// event was folded that there was at the start: before, what was delivered already may still look as if it waited.
/// </summary>
internal sealed class Subscribers(CourierTools tools)
{
    private readonly Dictionary<EcosystemId, Dictionary<GrainKey, Subscriber>> _byEcosystem = [];
    private readonly Dictionary<GrainKey, (Task Run, CancellationTokenSource Over)> _couriers = [];
    private readonly Dictionary<string, object?> _changed = new(StringComparer.Ordinal);
    private CancellationToken _over;
    private long _sendFrom;
    private bool _sends;
    private long _waiting;

    public long Waiting => Volatile.Read(ref _waiting);

    public IEnumerable<Subscriber> All => _byEcosystem.Values.SelectMany(some => some.Values);

    public IReadOnlyCollection<Subscriber> In(EcosystemId ecosystem) =>
        _byEcosystem.TryGetValue(ecosystem, out var some) ? some.Values : [];

    public Subscriber? Find(GrainKey endpoint) =>
        _byEcosystem.GetValueOrDefault(endpoint.Ecosystem)?.GetValueOrDefault(endpoint);

    /// <param name="sendFrom">The position from which on what waits may be sent.</param>
    public void Load(IReadOnlyList<ReaderRow> rows, long sendFrom, CancellationToken over)
    {
        _byEcosystem.Clear();
        _changed.Clear();
        (_over, _sendFrom, _sends, _waiting) = (over, sendFrom, false, 0);
        foreach (var row in rows.Where(row => GrainKey.Parse(row.Key).Kind == EndpointKey.Kind))
        {
            FindOrAdd(GrainKey.Parse(row.Key)).Load(RowJson.Read<SubscriberRow>(row.Value!.Value));
        }

        foreach (var row in rows.Where(row => GrainKey.Parse(row.Key).Kind != EndpointKey.Kind))
        {
            var waiting = RowJson.Read<WaitingRow>(row.Value!.Value);
            Find(GrainKey.Parse(waiting.Endpoint))?.Queue.Put(waiting.Waiting);
            _waiting++;
        }
    }

    public Subscriber FindOrAdd(GrainKey endpoint)
    {
        if (!_byEcosystem.TryGetValue(endpoint.Ecosystem, out var some))
        {
            _byEcosystem.Add(endpoint.Ecosystem, some = []);
        }

        if (!some.TryGetValue(endpoint, out var subscriber))
        {
            some.Add(endpoint, subscriber = new Subscriber(endpoint, tools.WaitingMax));
            if (_sends)
            {
                Start(subscriber);
            }
        }

        return subscriber;
    }

    public void Remove(Subscriber subscriber)
    {
        _byEcosystem[subscriber.Key.Ecosystem].Remove(subscriber.Key);
        _changed[subscriber.Key.ToString()] = null;
        if (_couriers.TryGetValue(subscriber.Key, out var courier))
        {
            courier.Over.Cancel();
        }

        foreach (var waiting in subscriber.Queue.All())
        {
            _changed[waiting.Key.ToString()] = null;
            _waiting--;
        }
    }

    public void PutIn(Subscriber subscriber, Waiting waiting)
    {
        _waiting += subscriber.Queue.Find(waiting.Key) is null ? 1 : 0;
        subscriber.Queue.Put(waiting);
        _changed[waiting.Key.ToString()] = new WaitingRow(subscriber.Key.ToString(), waiting);
    }

    /// <summary>Changes what is known of a notification, if it still waits.</summary>
    public void Change(GrainKey notification, Func<Waiting, Waiting> change)
    {
        if (
            In(notification.Ecosystem).FirstOrDefault(one => one.Queue.Find(notification) is not null) is { } subscriber
        )
        {
            PutIn(subscriber, change(subscriber.Queue.Find(notification)!));
        }
    }

    public void TakeOut(Subscriber subscriber, GrainKey notification)
    {
        _waiting -= subscriber.Queue.Find(notification) is null ? 0 : 1;
        subscriber.Queue.Remove(notification);
        _changed[notification.ToString()] = null;
    }

    public void NoteChanged(Subscriber subscriber) => _changed[subscriber.Key.ToString()] = subscriber.Row;

    public IReadOnlyList<ReaderRow> ChangedRows() =>
        [.. _changed.Select(row => new ReaderRow(row.Key, RowJson.WriteIfAny(row.Value)))];

    public void NoteSaved() => _changed.Clear();

    public void SendIfReached(long position)
    {
        if (_sends || position < _sendFrom)
        {
            return;
        }

        _sends = true;
        foreach (var subscriber in All)
        {
            Start(subscriber);
        }
    }

    /// <summary>Completes when nothing is being sent any more.</summary>
    public async Task Stop()
    {
        foreach (var (run, over) in _couriers.Values)
        {
            await over.CancelAsync();
            await run;
            over.Dispose();
        }

        _couriers.Clear();
    }

    private void Start(Subscriber subscriber)
    {
        var over = CancellationTokenSource.CreateLinkedTokenSource(_over);
        var courier = new Courier(subscriber.Key, subscriber.Queue, tools);
        _couriers[subscriber.Key] = (Scheduling.Run(() => courier.Run(over.Token)), over);
    }
}

/// <summary>A notification that waits, as it is saved.</summary>
internal sealed record WaitingRow(string Endpoint, Waiting Waiting);
