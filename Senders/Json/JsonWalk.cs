using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace EcosystemSilo.Senders.Json;

/// <summary>
/// One pass over JSON text that finds the first thing <see cref="StrictJson"/> refuses, and where. It allocates
/// nothing until it has found something: the path is kept as offsets into the text.
/// </summary>
internal ref struct JsonWalk
{
    private readonly ReadOnlySpan<byte> _utf8;
    private readonly Span<Frame> _frames;
    private int _depth;

    private JsonWalk(ReadOnlySpan<byte> utf8, Span<Frame> frames)
    {
        _utf8 = utf8;
        _frames = frames;
    }

    /// <summary>An open object (at the name last read) or array (at the item last begun).</summary>
    private struct Frame
    {
        public bool IsArray;
        public int Index;
        public int NameStart;
        public int NameLength;
    }

    /// <param name="utf8">Valid UTF-8.</param>
    public static JsonFault? FirstFault(ReadOnlySpan<byte> utf8, int tokensMax) =>
        new JsonWalk(utf8, stackalloc Frame[JsonLimits.DepthMax]).Run(tokensMax);

    private JsonFault? Run(int tokensMax)
    {
        // One deeper than allowed, so that this walk, which knows the path, meets the limit before the reader does.
        var reader = new Utf8JsonReader(_utf8, new JsonReaderOptions { MaxDepth = JsonLimits.DepthMax + 1 });
        try
        {
            for (var tokens = 1; reader.Read(); tokens++)
            {
                if (tokens > tokensMax)
                {
                    return JsonFault.TooManyTokens(Path(), tokensMax);
                }

                if (Step(ref reader) is { } fault)
                {
                    return fault;
                }
            }

            return null;
        }
        catch (JsonException)
        {
            var at = (int)reader.BytesConsumed;
            return _utf8[at..].Contains((byte)0) ? JsonFault.Nul(Path()) : JsonFault.Malformed(Path(), at);
        }
    }

    private JsonFault? Step(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                _depth--;
                return null;
            case JsonTokenType.PropertyName:
                _frames[_depth - 1].NameStart = (int)reader.TokenStartIndex + 1;
                _frames[_depth - 1].NameLength = reader.ValueSpan.Length;
                return CheckText(ref reader);
        }

        if (_depth > 0 && _frames[_depth - 1].IsArray)
        {
            _frames[_depth - 1].Index++;
        }

        return reader.TokenType switch
        {
            JsonTokenType.StartObject or JsonTokenType.StartArray => Open(reader.TokenType == JsonTokenType.StartArray),
            JsonTokenType.String => CheckText(ref reader),
            JsonTokenType.Number => CheckNumber(ref reader),
            _ => null,
        };
    }

    private JsonFault? Open(bool isArray)
    {
        if (_depth == JsonLimits.DepthMax)
        {
            return JsonFault.TooDeep(Path());
        }

        _frames[_depth++] = new Frame { IsArray = isArray, Index = -1 };
        return null;
    }

    private readonly JsonFault? CheckNumber(ref Utf8JsonReader reader)
    {
        var length = reader.ValueSpan.Length;
        if (length > JsonLimits.NumberCharsMax)
        {
            return JsonFault.NumberOutOfRange(Path());
        }

        // The shortest text that overflows a double is 1e309.
        return length < 5 || double.IsFinite(reader.GetDouble()) ? null : JsonFault.NumberOutOfRange(Path());
    }

    /// <summary>
    /// Raw bytes are valid UTF-8 without control characters by now; only \u escapes can still be wrong.
    /// </summary>
    private readonly JsonFault? CheckText(ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped)
        {
            return null;
        }

        var rest = reader.ValueSpan;
        while (rest.IndexOf((byte)'\\') is >= 0 and var at)
        {
            rest = rest[at..];
            if (!TryReadUnit(rest, out var unit))
            {
                rest = rest[2..];
                continue;
            }

            if (unit == 0)
            {
                return JsonFault.Nul(Path());
            }

            rest = rest[6..];
            if (!char.IsSurrogate(unit))
            {
                continue;
            }

            if (char.IsLowSurrogate(unit) || !TryReadUnit(rest, out var low) || !char.IsLowSurrogate(low))
            {
                return JsonFault.LoneSurrogate(Path());
            }

            rest = rest[6..];
        }

        return null;
    }

    private static bool TryReadUnit(ReadOnlySpan<byte> text, out char unit)
    {
        unit = default;
        if (!text.StartsWith("\\u"u8) || !Utf8Parser.TryParse(text.Slice(2, 4), out ushort code, out _, 'x'))
        {
            return false;
        }

        unit = (char)code;
        return true;
    }

    private readonly string Path()
    {
        var path = new StringBuilder("$");
        foreach (ref readonly var frame in _frames[.._depth])
        {
            if (path.Length > JsonLimits.PathCharsMax)
            {
                break;
            }

            if (frame.IsArray)
            {
                path.Append(CultureInfo.InvariantCulture, $"[{Math.Max(frame.Index, 0)}]");
            }
            else if (frame.NameLength > 0)
            {
                path.Append('.').Append(Encoding.UTF8.GetString(_utf8.Slice(frame.NameStart, frame.NameLength)));
            }
        }

        return StrictJson.Shorten(path.ToString());
    }
}
