using System.Text.Json;
using EcosystemSilo.Grains.Interfaces;

namespace EcosystemSilo.Senders.Json;

/// <summary>
/// Reads the fields of a JSON object by name and type and collects every fault with its field, in the order read.
/// A faulty field yields a default; nothing read is used before <see cref="Finish"/> has said that all is well.
/// </summary>
public sealed partial class Fields
{
    private readonly JsonElement _object;
    private readonly string _path;
    private readonly List<FieldProblem> _faults;
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    private readonly bool _isOpen;

    private Fields(JsonElement element, string path, List<FieldProblem> faults, bool isOpen)
    {
        _isOpen = isOpen;
        _object = element;
        _path = path;
        _faults = faults;
    }

    public static Fields Of(JsonElement element) => new(element, "", [], isOpen: false);

    /// <summary>
    /// For what others define, such as a webhook's event: fields that nobody asks for are passed over.
    /// </summary>
    public static Fields OfOpen(JsonElement element) => new(element, "", [], isOpen: true);

    /// <summary>All faults including fields that nobody asked for, or null when there is none.</summary>
    public BadRequest? Finish()
    {
        Close();
        if (_faults.Count == 0)
        {
            return null;
        }

        var first = _faults[0];
        return new BadRequest(new Refusal(first.Code, first.Message, first.Field), _faults);
    }

    /// <summary>A required text: 1 to <paramref name="lengthMax"/> characters after trimming white space.</summary>
    public string Text(string name, int lengthMax) =>
        Take(name, required: true, out var value) ? ReadText(name, value, lengthMax) : "";

    /// <summary>A text that may be absent; present, it follows the rules of <see cref="Text"/>.</summary>
    public string? OptionalText(string name, int lengthMax) =>
        Take(name, required: false, out var value) ? ReadText(name, value, lengthMax) : null;

    /// <summary>A short text, or a number as it is written: others' ids come as either.</summary>
    public string? OptionalScalar(string name, int lengthMax) =>
        !Take(name, required: false, out var value) ? null
        : value.ValueKind == JsonValueKind.Number ? value.GetRawText()
        : ReadText(name, value, lengthMax);

    /// <summary>Whether a field is absent, null or an empty text: others' ways to say that there is no value.</summary>
    public bool IsEmpty(string name) =>
        !Take(name, required: false, out var value)
        || (value.ValueKind == JsonValueKind.String && string.IsNullOrWhiteSpace(value.GetString()));

    public TId Id<TId>(string name)
        where TId : struct, IId<TId> => Take(name, required: true, out var value) ? ReadId<TId>(name, value) : default;

    public TId? OptionalId<TId>(string name)
        where TId : struct, IId<TId> => Take(name, required: false, out var value) ? ReadId<TId>(name, value) : null;

    public TEnum Word<TEnum>(string name)
        where TEnum : struct, Enum =>
        Take(name, required: true, out var value) ? ReadWord<TEnum>(name, value) : default;

    public TEnum? OptionalWord<TEnum>(string name)
        where TEnum : struct, Enum => Take(name, required: false, out var value) ? ReadWord<TEnum>(name, value) : null;

    /// <summary>A list of ids, each once.</summary>
    public IReadOnlyList<TId> IdList<TId>(string name, int countMax)
        where TId : struct, IId<TId>
    {
        if (!Take(name, required: true, out var value))
        {
            return [];
        }

        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() is 0 || value.GetArrayLength() > countMax)
        {
            Blame(name, FieldCodes.FieldInvalid, $"must be an array of 1 to {countMax} ids.");
            return [];
        }

        return [.. value.EnumerateArray().Select((id, at) => ReadId<TId>($"{name}[{at}]", id))];
    }

    public int? OptionalInteger(string name, int min, int max)
    {
        if (!Take(name, required: false, out var value))
        {
            return null;
        }

        return ReadInteger(name, value, min, max);
    }

    /// <summary>A required whole number.</summary>
    public int Integer(string name, int min, int max) =>
        Take(name, required: true, out var value) ? ReadInteger(name, value, min, max) ?? min : min;

    /// <summary>A nested object; its faults are named <c>name.field</c>. Close it with <see cref="Close"/>.</summary>
    public T? Object<T>(string name, Func<Fields, T> read)
        where T : class
    {
        var fields = Inside(name, required: true);
        if (fields is null)
        {
            return null;
        }

        var value = read(fields);
        fields.Close();
        return value;
    }

    /// <summary>A nested object that may be absent.</summary>
    public T? OptionalObject<T>(string name, Func<Fields, T> read)
        where T : class
    {
        var fields = Inside(name, required: false);
        if (fields is null)
        {
            return null;
        }

        var value = read(fields);
        fields.Close();
        return value;
    }

    /// <summary>A map of short texts to short texts, for example a source's stage names.</summary>
    public IReadOnlyDictionary<string, string>? OptionalTexts(string name, int countMax, int lengthMax) =>
        OptionalMap(name, countMax, lengthMax, (inside, key, value) => inside.ReadText(key, value, lengthMax));

    /// <summary>A map of short texts to whole numbers, for example the goals of a day.</summary>
    public IReadOnlyDictionary<string, int>? OptionalIntegers(string name, int countMax, int min, int max) =>
        OptionalMap(
            name,
            countMax,
            Ids.LengthMax,
            (inside, key, value) => inside.ReadInteger(key, value, min, max) ?? min
        );

    /// <summary>Says that a field breaks a rule that only the request itself knows.</summary>
    public void Blame(string name, string code, string message) =>
        _faults.Add(new FieldProblem(_path + name, code, $"'{_path}{name}' {message}"));

    private void Close()
    {
        foreach (var field in _object.EnumerateObject())
        {
            if (!_isOpen && !_known.Contains(field.Name))
            {
                var shown = field.Name.Length <= 40 ? field.Name : field.Name[..40] + "…";
                Blame(shown, FieldCodes.FieldUnknown, "is not a field of this request.");
            }
        }
    }

    private bool Take(string name, bool required, out JsonElement value)
    {
        _known.Add(name);
        if (_object.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null)
        {
            return true;
        }

        if (required)
        {
            Blame(name, FieldCodes.FieldMissing, "is missing.");
        }

        return false;
    }

    private Fields? Inside(string name, bool required)
    {
        if (!Take(name, required, out var value))
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Object)
        {
            return new Fields(value, $"{_path}{name}.", _faults, _isOpen);
        }

        Blame(name, FieldCodes.FieldInvalid, "must be an object.");
        return null;
    }

    private Dictionary<string, T>? OptionalMap<T>(
        string name,
        int countMax,
        int lengthMax,
        Func<Fields, string, JsonElement, T> read
    )
    {
        var fields = Inside(name, required: false);
        if (fields is null)
        {
            return null;
        }

        var map = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach (var field in fields._object.EnumerateObject().Take(countMax + 1))
        {
            if (map.Count == countMax)
            {
                Blame(name, FieldCodes.FieldTooLong, $"may have {countMax} entries.");
                break;
            }

            var key = field.Name;
            if (key.Length is 0 || key.Length > lengthMax || !CleanText.IsClean(key))
            {
                Blame(
                    name,
                    FieldCodes.FieldInvalid,
                    $"has an entry whose name is not 1 to {lengthMax} clean characters."
                );
                continue;
            }

            map[key] = read(fields, key, field.Value);
        }

        return map;
    }

    private int? ReadInteger(string name, JsonElement value, int min, int max)
    {
        if (
            value.ValueKind == JsonValueKind.Number
            && value.TryGetInt32(out var number)
            && number >= min
            && number <= max
        )
        {
            return number;
        }

        Blame(name, FieldCodes.FieldInvalid, $"must be a whole number from {min} to {max}.");
        return null;
    }

    private string ReadText(string name, JsonElement value, int lengthMax)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            Blame(name, FieldCodes.FieldInvalid, "must be a text.");
            return "";
        }

        if (!CleanText.TryRead(value, out var text))
        {
            Blame(name, FieldCodes.TextNotClean, "holds control characters or half of a surrogate pair.");
            return "";
        }

        text = text.Trim();
        if (text.Length == 0)
        {
            Blame(name, FieldCodes.FieldInvalid, "must not be empty.");
        }
        else if (text.Length > lengthMax)
        {
            Blame(name, FieldCodes.FieldTooLong, $"may have {lengthMax} characters.");
        }

        return text;
    }

    private TId ReadId<TId>(string name, JsonElement value)
        where TId : struct, IId<TId>
    {
        if (CleanText.TryRead(value, out var text) && Ids.TryParse<TId>(text, out var id))
        {
            return id;
        }

        Blame(name, FieldCodes.FieldInvalid, $"must have {Ids.Rule}.");
        return default;
    }

    private TEnum ReadWord<TEnum>(string name, JsonElement value)
        where TEnum : struct, Enum
    {
        if (CleanText.TryRead(value, out var text) && Words<TEnum>.TryParse(text, out var word))
        {
            return word;
        }

        Blame(name, FieldCodes.FieldInvalid, $"must be one of {Words<TEnum>.All}.");
        return default;
    }
}
