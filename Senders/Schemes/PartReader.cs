using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using EcosystemSilo.Senders.Json;

namespace EcosystemSilo.Senders.Schemes;

/// <summary>
/// Reads a JSON object of arrays from a stream and gives its elements in groups, each as soon as it is complete: never
/// more than one element and one group are in memory, however large the body is. Every byte is looked at once.
/// </summary>
public sealed class PartReader(Stream body, PartShape shape, int bytesMax)
{
    private const int BufferBytes = 64 * 1024;

    private readonly Queue<Part> _ready = new();
    private ArrayBufferWriter<byte> _group = new(WebhookLimits.PartBytesMax);
    private byte[] _buffer = new byte[BufferBytes];
    private int _filled;

    /// <summary>Where the reader stands in the buffer; everything before it is known.</summary>
    private int _scanned;

    /// <summary>Where the open element begins in the buffer; -1 outside of elements.</summary>
    private int _elementStart = -1;
    private long _dropped;
    private JsonReaderState _state = new(new JsonReaderOptions { MaxDepth = JsonLimits.DepthMax });

    private string _name = "";
    private string? _array;
    private bool _isInParent;
    private int _index;
    private bool _isSubjectNext;
    private string? _subject;
    private string? _groupSubject;
    private int _number;

    /// <summary>The parts in the order of the body. A fault is the last; the parts before it stand.</summary>
    public async IAsyncEnumerable<Part> Read([EnumeratorCancellation] CancellationToken cancellation)
    {
        while (true)
        {
            var read = await body.ReadAsync(_buffer.AsMemory(_filled), cancellation);
            _filled += read;
            var fault = _dropped + _filled > bytesMax ? Rejections.BodyTooLarge(bytesMax) : Scan(isFinal: read == 0);
            while (_ready.TryDequeue(out var part))
            {
                yield return part;
                if (part.Fault is not null)
                {
                    yield break;
                }
            }

            fault ??= read > 0 ? MakeRoom() : null;
            if (fault is not null)
            {
                yield return new Part(null, 0, fault);
            }

            if (fault is not null || read == 0)
            {
                yield break;
            }
        }
    }

    private Rejected? Scan(bool isFinal)
    {
        var reader = new Utf8JsonReader(_buffer.AsSpan(_scanned.._filled), isFinal, _state);
        try
        {
            while (reader.Read())
            {
                if (Step(ref reader) is { } fault)
                {
                    return fault;
                }
            }
        }
        catch (JsonException)
        {
            return Rejections.Json(JsonFault.Malformed(Path, _dropped + _scanned + reader.BytesConsumed));
        }

        _state = reader.CurrentState;
        _scanned += (int)reader.BytesConsumed;
        return null;
    }

    private Rejected? Step(ref Utf8JsonReader reader)
    {
        var depth = reader.CurrentDepth;
        if (depth == 0 && reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.EndObject))
        {
            return Rejections.BodyMalformed("$", "an object of arrays");
        }

        if (_array is null)
        {
            FindArray(ref reader, depth);
        }
        else if (depth == shape.Level)
        {
            // Only the end of the array is as shallow as its beginning.
            Flush();
            (_array, _groupSubject) = (null, null);
        }
        else if (depth == shape.Level + 1)
        {
            TakeElement(ref reader);
        }
        else if (depth == shape.Level + 2 && shape.Subject is not null)
        {
            FindSubject(ref reader);
        }

        return null;
    }

    private void FindArray(ref Utf8JsonReader reader, int depth)
    {
        if (reader.TokenType == JsonTokenType.PropertyName && depth <= shape.Level)
        {
            _name = reader.ValueSpan.Length <= WebhookLimits.TypeCharsMax ? reader.GetString()! : "";
            _isInParent = depth == 1 ? _name == shape.Parent : _isInParent;
        }
        else if (reader.TokenType == JsonTokenType.StartArray && depth == shape.Level)
        {
            var isTaken = (shape.Parent is null || _isInParent) && (shape.Only is null || shape.Only == _name);
            (_array, _index) = (isTaken ? _name : null, 0);
        }
    }

    private void TakeElement(ref Utf8JsonReader reader)
    {
        var end = _scanned + (int)reader.BytesConsumed;
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                (_elementStart, _subject) = (_scanned + (int)reader.TokenStartIndex, null);
                break;
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                Add(_buffer.AsSpan(_elementStart..end));
                break;
            default:
                _subject = null;
                Add(_buffer.AsSpan((_scanned + (int)reader.TokenStartIndex)..end));
                break;
        }
    }

    private void FindSubject(ref Utf8JsonReader reader)
    {
        if (_isSubjectNext && reader.TokenType is JsonTokenType.String or JsonTokenType.Number)
        {
            _subject = Encoding.UTF8.GetString(reader.ValueSpan[..Math.Min(reader.ValueSpan.Length, 256)]);
        }

        _isSubjectNext =
            reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals(shape.Subject.AsSpan());
    }

    private void Add(ReadOnlySpan<byte> element)
    {
        var isOther = _subject != _groupSubject;
        if (_group.WrittenCount > 0 && (isOther || _group.WrittenCount + element.Length > WebhookLimits.PartBytesMax))
        {
            Flush();
        }

        _group.Write(_group.WrittenCount == 0 ? Encoding.UTF8.GetBytes(shape.Opening(_array!)) : ","u8);
        _group.Write(element);
        _groupSubject = _subject;
        _elementStart = -1;
        _index++;
    }

    /// <summary>Closes the group and makes an event of it, by the same strict rules as for every body.</summary>
    private void Flush()
    {
        if (_group.WrittenCount == 0)
        {
            return;
        }

        _group.Write(Encoding.UTF8.GetBytes(shape.Closing));
        var fault = StrictJson.Parse(_group.WrittenSpan, out var part, WebhookLimits.PartTokensMax);
        _ready.Enqueue(
            fault is null
                ? new Part(shape.ToEvent(_array!, part, _number++), _group.WrittenCount, null)
                : new Part(null, 0, Rejections.Json(fault))
        );
        // After one large element the buffer would stay large.
        _group = _group.Capacity > 4 * WebhookLimits.PartBytesMax ? new(WebhookLimits.PartBytesMax) : _group;
        _group.ResetWrittenCount();
    }

    /// <summary>Drops what is done with; what is open stays, and may grow up to the largest element.</summary>
    private Rejected? MakeRoom()
    {
        var keep = _elementStart >= 0 ? _elementStart : _scanned;
        var size = _buffer.Length;
        if (_filled - keep > size / 2)
        {
            if (_filled - keep >= WebhookLimits.ElementBytesMax)
            {
                return Rejections.ElementTooLarge(Path);
            }

            size *= 2;
        }

        var buffer = size == _buffer.Length ? _buffer : new byte[size];
        _buffer.AsSpan(keep.._filled).CopyTo(buffer);
        _buffer = buffer;
        _dropped += keep;
        (_filled, _scanned) = (_filled - keep, _scanned - keep);
        _elementStart = _elementStart >= 0 ? 0 : -1;
        return null;
    }

    private string Path => _array is null ? "$" : StrictJson.Shorten($"$.{_array}[{_index}]");
}
