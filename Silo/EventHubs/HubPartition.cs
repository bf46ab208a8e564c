using Azure.Messaging.EventHubs;
using Orleans.Streaming.EventHubs;
using Orleans.Streams;

namespace EcosystemSilo.Silo.EventHubs;

/// <summary>
/// What was read of one partition and is not in the journal yet, in its order. It stands where Orleans' own cache
/// would, which lets go of messages by their age, whether or not anybody has taken them, cannot hold one of a megabyte,
/// and notices a consumer that is held up only when it moves. Here a message goes when the journal has it, and no more
/// are read while too many wait.
/// </summary>
internal sealed class HubPartition : IEventHubQueueCache
{
    private readonly Lock _lock = new();
    private readonly List<Held> _held = [];
    private readonly HubPartitions _all;
    private readonly HubCheckpointer _checkpointer;
    private readonly StreamId _stream;
    private long _bytes;
    private long _lastRead = -1;
    private HubPosition? _taken;

    public HubPartition(string partition, HubCheckpointer checkpointer, HubPartitions all)
    {
        (Partition, _checkpointer, _all) = (partition, checkpointer, all);
        _stream = StreamId.Create(HubStreams.Namespace, partition);
        all.Add(this);
    }

    /// <summary>Of this reader alone: a partition that is read anew, or elsewhere, has another.</summary>
    public Guid Reader { get; } = Guid.NewGuid();

    public string Partition { get; }

    /// <summary>The last message that is in the hub, as far as it is known.</summary>
    public long LastEnqueued { get; private set; } = -1;

    /// <summary>Messages that are in the hub and not in the journal.</summary>
    public long Lag
    {
        get
        {
            lock (_lock)
            {
                var taken = (_taken ?? _checkpointer.Saved)?.Sequence ?? (_held.Count > 0 ? _held[0].Sequence - 1 : -1);
                return Math.Max(0, Math.Max(LastEnqueued, _lastRead) - taken);
            }
        }
    }

    public void SeeEnd(long lastEnqueued)
    {
        lock (_lock)
        {
            LastEnqueued = Math.Max(LastEnqueued, lastEnqueued);
        }
    }

    /// <summary>How many more may be read; none while the journal is behind.</summary>
    public int GetMaxAddCount()
    {
        lock (_lock)
        {
            return _bytes >= HubLimits.HeldBytesMax
                ? 0
                : Math.Clamp(HubLimits.HeldMax - _held.Count, 0, HubLimits.ReadMax);
        }
    }

    public List<StreamPosition> Add(List<EventData> message, DateTime dequeueTimeUtc)
    {
        var positions = new List<StreamPosition>(message.Count);
        lock (_lock)
        {
            foreach (var data in message)
            {
                // A connection that was made anew may begin before where the last one ended.
                if (data.SequenceNumber <= _lastRead)
                {
                    continue;
                }

                var read = HubMessage.Of(data, Partition, Reader);
                _held.Add(new Held(read));
                _bytes += read.Size;
                _lastRead = read.Sequence;
                positions.Add(new StreamPosition(_stream, HubBatch.TokenOf(read)));
            }
        }

        return positions;
    }

    /// <summary>Whether a message needs nothing more.</summary>
    public bool IsTaken(HubMessage message)
    {
        lock (_lock)
        {
            return Find(message.Sequence) is not { } held || held.IsTaken;
        }
    }

    /// <summary>The journal has what became of a message.</summary>
    public void Take(HubMessage message)
    {
        lock (_lock)
        {
            if (Find(message.Sequence) is not { } held)
            {
                return;
            }

            held.IsTaken = true;
            var done = _held.TakeWhile(held => held.IsTaken).Count();
            if (done == 0)
            {
                return;
            }

            var last = _held[done - 1].Message;
            _bytes -= _held.Take(done).Sum(held => held.Message.Size);
            _held.RemoveRange(0, done);
            _taken = new HubPosition(last.Sequence, last.Offset);
        }

        _checkpointer.Advance(_taken);
    }

    /// <summary>Counts an attempt that failed for a reason nobody foresaw.</summary>
    public int CountFailure(HubMessage message)
    {
        lock (_lock)
        {
            return Find(message.Sequence) is { } held ? ++held.Failures : 0;
        }
    }

    /// <summary>A place that is not held any more was taken, so whoever asks for it goes on with what is.</summary>
    public object GetCursor(StreamId streamId, StreamSequenceToken? sequenceToken) =>
        new Cursor { Next = sequenceToken?.SequenceNumber ?? 0 };

    public bool TryGetNextMessage(object cursorObj, out IBatchContainer message)
    {
        var cursor = (Cursor)cursorObj;
        message = null!;
        lock (_lock)
        {
            var next = IndexOf(cursor.Next);
            if (next == _held.Count)
            {
                return false;
            }

            var (end, bytes) = (next, 0L);
            while (end < _held.Count && end - next < HubLimits.BatchMax && bytes < HubLimits.BatchBytesMax)
            {
                bytes += _held[end++].Message.Size;
            }

            var batch = _held.GetRange(next, end - next).ConvertAll(held => held.Message).ToArray();
            cursor.Next = batch[^1].Sequence + 1;
            message = new HubBatch(_stream, batch);
            return true;
        }
    }

    /// <summary>Its own measure of pressure is enough.</summary>
    public void AddCachePressureMonitor(ICachePressureMonitor monitor) { }

    /// <summary>Nothing leaves by its age.</summary>
    public void SignalPurge() { }

    public void Dispose() => _all.Remove(this);

    private Held? Find(long sequence)
    {
        var at = IndexOf(sequence);
        return at < _held.Count && _held[at].Sequence == sequence ? _held[at] : null;
    }

    /// <summary>Of the first message that is not before the one numbered so.</summary>
    private int IndexOf(long sequence)
    {
        var (low, high) = (0, _held.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_held[middle].Sequence < sequence)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    private sealed class Held(HubMessage message)
    {
        public HubMessage Message => message;
        public long Sequence => message.Sequence;
        public bool IsTaken { get; set; }
        public int Failures { get; set; }
    }

    private sealed class Cursor
    {
        public long Next { get; set; }
    }
}
