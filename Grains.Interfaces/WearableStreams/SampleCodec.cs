using System.Buffers;
using System.Buffers.Binary;

namespace EcosystemSilo.Grains.Interfaces.WearableStreams;

/// <summary>
/// Samples of one measure as bytes: column by column, each column in the shortest of a few forms. A heart rate once a
/// minute takes little more than a byte a sample. The form is stored for ever: a change is a new first byte.
/// </summary>
public static class SampleCodec
{
    private const byte Form = 1;

    /// <summary>A block of more is malformed: a day has 86,400 seconds.</summary>
    private const int SamplesMax = 1_000_000;

    private static readonly double[] PowersOfTen = [1, 10, 100, 1_000, 10_000, 100_000];

    /// <param name="samples">In their own order.</param>
    public static byte[] Write(ReadOnlySpan<Sample> samples)
    {
        var writer = new ArrayBufferWriter<byte>(64 + (samples.Length * 3));
        writer.Write([Form]);
        Columns.WriteNumber(writer, samples.Length);
        var column = new long[samples.Length];
        WriteScaled(writer, samples, column, sample => sample.Start.ToUnixTimeMilliseconds(), isOptional: false);
        Write(writer, samples, column, sample => (long)sample.Start.Offset.TotalMinutes);
        WriteScaled(writer, samples, column, Length, isOptional: true);
        Write(writer, samples, column, sample => sample.Unit);
        Write(writer, samples, column, sample => sample.IsDailyTotal ? 1 : 0);
        Write(writer, samples, column, sample => sample.Version);
        WriteValues(writer, samples, column, sample => sample.Value);
        Write(writer, samples, column, sample => sample.Second is null ? 0 : 1);
        WriteValues(writer, samples, column, sample => sample.Second ?? 0);
        WriteIds(writer, samples);
        WriteWords(writer, samples, column);
        return writer.WrittenSpan.ToArray();
    }

    public static Sample[] Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes is not [Form, ..])
        {
            throw new FormatException("This is not a block of samples, or one of a newer form.");
        }

        var reader = new ColumnReader(bytes[1..]);
        var count = checked((int)reader.Number());
        if (count is < 0 or > SamplesMax)
        {
            throw new FormatException($"A block of {count} samples is malformed.");
        }

        var starts = Scaled(ref reader, count, isOptional: false);
        var offsets = reader.Longs(count);
        var lengths = Scaled(ref reader, count, isOptional: true);
        var units = reader.Longs(count);
        var totals = reader.Longs(count);
        var versions = reader.Longs(count);
        var values = Values(ref reader, count);
        var hasSecond = reader.Longs(count);
        var seconds = Values(ref reader, count);
        var ids = Ids(ref reader, count);
        var details = Words(ref reader, count);
        var samples = new Sample[count];
        for (var at = 0; at < count; at++)
        {
            var offset = TimeSpan.FromMinutes(offsets[at]);
            samples[at] = new Sample(
                DateTimeOffset.FromUnixTimeMilliseconds(starts[at]).ToOffset(offset),
                lengths[at] < 0
                    ? null
                    : DateTimeOffset.FromUnixTimeMilliseconds(starts[at] + lengths[at]).ToOffset(offset),
                values[at],
                (byte)units[at],
                hasSecond[at] == 0 ? null : seconds[at],
                ids?[at],
                versions[at],
                totals[at] != 0,
                details?[at]
            );
        }

        return samples;
    }

    /// <summary>Milliseconds from start to end; -1 for a single moment.</summary>
    private static long Length(Sample sample) =>
        sample.End is { } end ? end.ToUnixTimeMilliseconds() - sample.Start.ToUnixTimeMilliseconds() : -1;

    private static void Write(
        ArrayBufferWriter<byte> writer,
        ReadOnlySpan<Sample> samples,
        long[] column,
        Func<Sample, long> read
    )
    {
        for (var at = 0; at < column.Length; at++)
        {
            column[at] = read(samples[at]);
        }

        Columns.Write(writer, column);
    }

    /// <summary>Milliseconds, written as minutes or seconds where all of them are whole ones.</summary>
    private static void WriteScaled(
        ArrayBufferWriter<byte> writer,
        ReadOnlySpan<Sample> samples,
        long[] column,
        Func<Sample, long> read,
        bool isOptional
    )
    {
        var (isSeconds, isMinutes) = (true, true);
        for (var at = 0; at < column.Length; at++)
        {
            var value = column[at] = read(samples[at]);
            if (!isOptional || value >= 0)
            {
                isSeconds &= value % 1_000 == 0;
                isMinutes &= value % 60_000 == 0;
            }
        }

        var scale =
            isMinutes ? 60_000
            : isSeconds ? 1_000
            : 1;
        for (var at = 0; at < column.Length; at++)
        {
            // With a place of its own for what is missing, the others stay whole.
            column[at] =
                !isOptional ? column[at] / scale
                : column[at] < 0 ? 0
                : (column[at] / scale) + 1;
        }

        Columns.WriteNumber(writer, scale);
        Columns.Write(writer, column);
    }

    private static long[] Scaled(ref ColumnReader reader, int count, bool isOptional)
    {
        var scale = reader.Number();
        var column = reader.Longs(count);
        for (var at = 0; at < count; at++)
        {
            column[at] =
                !isOptional ? column[at] * scale
                : column[at] == 0 ? -1
                : (column[at] - 1) * scale;
        }

        return column;
    }

    /// <summary>
    /// As whole numbers of the fewest decimal places that keep every value exactly; else as they are.
    /// </summary>
    private static void WriteValues(
        ArrayBufferWriter<byte> writer,
        ReadOnlySpan<Sample> samples,
        long[] column,
        Func<Sample, double> read
    )
    {
        var places = 0;
        for (var at = 0; at < column.Length && places < PowersOfTen.Length; at++)
        {
            var value = read(samples[at]);
            while (places < PowersOfTen.Length && !IsExact(value, PowersOfTen[places]))
            {
                places++;
            }
        }

        Columns.WriteNumber(writer, places);
        for (var at = 0; at < column.Length; at++)
        {
            var value = read(samples[at]);
            if (places < PowersOfTen.Length)
            {
                column[at] = (long)Math.Round(value * PowersOfTen[places]);
            }
            else
            {
                BinaryPrimitives.WriteDoubleLittleEndian(writer.GetSpan(8), value);
                writer.Advance(8);
            }
        }

        if (places < PowersOfTen.Length)
        {
            Columns.Write(writer, column);
        }
    }

    private static bool IsExact(double value, double power)
    {
        var scaled = value * power;
        return Math.Abs(scaled) < 1e15 && Math.Round(scaled) / power == value;
    }

    private static double[] Values(ref ColumnReader reader, int count)
    {
        var values = new double[count];
        var places = reader.Number();
        if (places >= PowersOfTen.Length)
        {
            for (var at = 0; at < count; at++)
            {
                values[at] = reader.Double();
            }

            return values;
        }

        var column = reader.Longs(count);
        for (var at = 0; at < count; at++)
        {
            values[at] = column[at] / PowersOfTen[places];
        }

        return values;
    }

    /// <summary>One byte says: no ids, texts, or UUIDs in lower or upper case, which take 16 bytes.</summary>
    private static void WriteIds(ArrayBufferWriter<byte> writer, ReadOnlySpan<Sample> samples)
    {
        var (isAny, isLower, isUpper) = (false, true, true);
        foreach (var sample in samples)
        {
            isAny |= sample.Id is not null;
            isLower &= sample.Id is { Length: 36 } id && Guid.TryParseExact(id, "D", out var guid) && $"{guid}" == id;
            isUpper &=
                sample.Id is { Length: 36 } text
                && Guid.TryParseExact(text, "D", out var other)
                && $"{other}".ToUpperInvariant() == text;
            if (isAny && !isLower && !isUpper)
            {
                break;
            }
        }

        writer.Write([
            (byte)(
                !isAny ? IdForm.None
                : isLower ? IdForm.LowerUuid
                : isUpper ? IdForm.UpperUuid
                : IdForm.Text
            ),
        ]);
        if (!isAny)
        {
            return;
        }

        foreach (var sample in samples)
        {
            if (isLower || isUpper)
            {
                writer.Write(Guid.ParseExact(sample.Id!, "D").ToByteArray());
            }
            else
            {
                Columns.WriteText(writer, sample.Id);
            }
        }
    }

    private static string?[]? Ids(ref ColumnReader reader, int count)
    {
        var form = (IdForm)reader.Byte();
        if (form == IdForm.None)
        {
            return null;
        }

        var ids = new string?[count];
        for (var at = 0; at < count; at++)
        {
            ids[at] = form switch
            {
                IdForm.LowerUuid => reader.Uuid().ToString(),
                IdForm.UpperUuid => reader.Uuid().ToString().ToUpperInvariant(),
                _ => reader.Text(),
            };
        }

        return ids;
    }

    /// <summary>Details repeat, so each text stands once and samples name it by its number; 0 for none.</summary>
    private static void WriteWords(ArrayBufferWriter<byte> writer, ReadOnlySpan<Sample> samples, long[] column)
    {
        var words = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var at = 0; at < column.Length; at++)
        {
            column[at] =
                samples[at].Detail is not { } detail ? 0
                : words.TryGetValue(detail, out var known) ? known
                : words[detail] = words.Count + 1;
        }

        Columns.WriteNumber(writer, words.Count);
        foreach (var word in words.Keys)
        {
            Columns.WriteText(writer, word);
        }

        if (words.Count > 0)
        {
            Columns.Write(writer, column);
        }
    }

    private static string?[]? Words(ref ColumnReader reader, int count)
    {
        var words = new string?[reader.Number() + 1];
        if (words.Length == 1)
        {
            return null;
        }

        for (var at = 1; at < words.Length; at++)
        {
            words[at] = reader.Text();
        }

        var column = reader.Longs(count);
        return Array.ConvertAll(column, at => words[at]);
    }

    private enum IdForm : byte
    {
        None,
        Text,
        LowerUuid,
        UpperUuid,
    }
}
