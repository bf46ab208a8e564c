using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using EcosystemSilo.Senders.Json;

namespace EcosystemSilo.Senders.Payloads;

/// <summary>
/// A value inside a delivery and where it stands. Whoever asks the wrong kind of value for a member or for a number
/// gets nothing, so a reader follows the shape it expects and no other shape can make it throw.
/// </summary>
internal sealed class JsonPlace
{
    private readonly JsonElement _element;
    private readonly JsonPlace? _parent;
    private readonly int _index;

    public JsonPlace(JsonElement root)
        : this(root, parent: null, "$", index: -1) { }

    private JsonPlace(JsonElement element, JsonPlace? parent, string name, int index)
    {
        (_element, _parent, _index) = (element, parent, index);
        Name = name;
    }

    /// <summary>The name of the member; that of its array for an item.</summary>
    public string Name { get; }

    /// <summary>Whether anything stands here; null is nothing.</summary>
    public bool IsThere => _element.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);

    public bool IsArray => _element.ValueKind == JsonValueKind.Array;

    public bool IsTrue => _element.ValueKind == JsonValueKind.True;

    /// <summary>Null unless it is a text.</summary>
    public string? Text => _element.ValueKind == JsonValueKind.String ? _element.GetString() : null;

    /// <summary>A text, or a whole number as it is written: senders write ids as either. Null for all else.</summary>
    public string? Scalar =>
        Whole is { } whole ? whole.ToString(CultureInfo.InvariantCulture)
        : Text is { Length: > 0 } text ? text
        : null;

    /// <summary>Null unless it is a number, and a finite one; a number written as text is none.</summary>
    public double? Number =>
        _element.ValueKind == JsonValueKind.Number && _element.TryGetDouble(out var number) && double.IsFinite(number)
            ? number
            : null;

    /// <summary>A number, or the text of one: for senders whose interface says that large numbers are texts.</summary>
    public double? NumberOrText => Number ?? ToNumber(Text);

    public static double? ToNumber(string? text) =>
        text is { Length: <= JsonLimits.NumberCharsMax }
        && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && double.IsFinite(number)
            ? number
            : null;

    public long? Whole =>
        _element.ValueKind == JsonValueKind.Number && _element.TryGetInt64(out var whole) ? whole : null;

    /// <summary>The items of an array; none of anything else.</summary>
    public IEnumerable<JsonPlace> Items
    {
        get
        {
            if (IsArray)
            {
                var index = 0;
                foreach (var item in _element.EnumerateArray())
                {
                    yield return new JsonPlace(item, this, Name, index++);
                }
            }
        }
    }

    /// <summary>The items of a member that is an array; without it this place alone.</summary>
    public IEnumerable<JsonPlace> ItemsOrSelf(string name) => this[name].IsArray ? this[name].Items : [this];

    /// <summary>The members of an object; none of anything else.</summary>
    public IEnumerable<JsonPlace> Members
    {
        get
        {
            if (_element.ValueKind == JsonValueKind.Object)
            {
                foreach (var member in _element.EnumerateObject())
                {
                    yield return new JsonPlace(member.Value, this, member.Name, index: -1);
                }
            }
        }
    }

    /// <summary>For example <c>$.dailies[0].steps</c>; made only when somebody asks.</summary>
    public string Path =>
        StrictJson.Shorten(
            _parent is null ? Name
            : _index >= 0 ? $"{_parent.Path}[{_index}]"
            : $"{_parent.Path}.{Name}"
        );

    public JsonPlace this[string name] =>
        new(
            _element.ValueKind == JsonValueKind.Object && _element.TryGetProperty(name, out var member)
                ? member
                : default,
            this,
            name,
            index: -1
        );

    public bool Is(string text) => _element.ValueKind == JsonValueKind.String && _element.ValueEquals(text);

    /// <summary>The time that stands here, see <see cref="SenderTime"/>.</summary>
    /// <param name="offset">The person's offset from UTC where the time itself has none.</param>
    public DateTimeOffset? Time(TimeSpan offset = default)
    {
        if (_element.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        var quoted = JsonMarshal.GetRawUtf8Value(_element);
        // JSON that was written again has the plus sign of an offset as \u002B.
        return quoted.Contains((byte)'\\')
            ? SenderTime.Parse(_element.GetString().AsSpan(), offset)
            : SenderTime.Parse(quoted[1..^1], offset);
    }

    /// <summary>The date that a text begins with, as <c>2026-01-31</c>; what follows is not looked at.</summary>
    public DateOnly? Date() => Text is { Length: >= 10 } text ? SenderTime.ParseDate(text) : null;

    /// <summary>A whole number of seconds or milliseconds since 1970.</summary>
    public DateTimeOffset? UnixTime(TimeSpan unit, TimeSpan offset = default) =>
        Number is { } number ? SenderTime.FromUnix(number, unit, offset) : null;
}
