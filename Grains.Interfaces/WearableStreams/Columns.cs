using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace EcosystemSilo.Grains.Interfaces.WearableStreams;

/// <summary>Writes columns of whole numbers, each in the shortest of four forms.</summary>
internal static class Columns
{
    internal enum Shape : byte
    {
        /// <summary>Every value.</summary>
        Values,

        /// <summary>Every difference to the one before.</summary>
        Steps,

        /// <summary>Values with how often each repeats.</summary>
        RunsOfValues,

        /// <summary>Differences with how often each repeats: times at a steady pace are one run.</summary>
        RunsOfSteps,
    }

    private const int BytesPerNumberMax = 10;

    public static void Write(ArrayBufferWriter<byte> writer, ReadOnlySpan<long> column)
    {
        var shape = Shortest(column);
        writer.Write([(byte)shape]);
        var isSteps = shape is Shape.Steps or Shape.RunsOfSteps;
        var isRuns = shape is Shape.RunsOfValues or Shape.RunsOfSteps;
        long before = 0;
        for (var at = 0; at < column.Length; )
        {
            var value = isSteps ? column[at] - before : column[at];
            var run = 1;
            while (isRuns && at + run < column.Length && value == Next(column, at + run, isSteps))
            {
                run++;
            }

            WriteNumber(writer, value);
            if (isRuns)
            {
                WriteNumber(writer, run);
            }

            at += run;
            before = column[at - 1];
        }
    }

    public static void WriteText(ArrayBufferWriter<byte> writer, string? text)
    {
        if (text is null)
        {
            WriteNumber(writer, 0);
            return;
        }

        WriteNumber(writer, Encoding.UTF8.GetByteCount(text) + 1);
        Encoding.UTF8.GetBytes(text, writer);
    }

    /// <summary>Small numbers of either sign take one byte.</summary>
    public static void WriteNumber(ArrayBufferWriter<byte> writer, long number)
    {
        var span = writer.GetSpan(BytesPerNumberMax);
        var rest = Folded(number);
        var length = 0;
        while (rest >= 0x80)
        {
            span[length++] = (byte)(rest | 0x80);
            rest >>= 7;
        }

        span[length++] = (byte)rest;
        writer.Advance(length);
    }

    private static Shape Shortest(ReadOnlySpan<long> column)
    {
        Span<long> bytes = stackalloc long[4];
        long before = 0;
        for (var at = 0; at < column.Length; at++)
        {
            var (value, step) = (column[at], column[at] - before);
            before = value;
            bytes[(int)Shape.Values] += BytesOf(value);
            bytes[(int)Shape.Steps] += BytesOf(step);
            // A run costs its value and a count of one or two bytes.
            bytes[(int)Shape.RunsOfValues] += at > 0 && value == column[at - 1] ? 0 : BytesOf(value) + 2;
            bytes[(int)Shape.RunsOfSteps] +=
                at > 0 && step == Next(column, at - 1, isSteps: true) ? 0 : BytesOf(step) + 2;
        }

        var best = 0;
        for (var shape = 1; shape < bytes.Length; shape++)
        {
            best = bytes[shape] < bytes[best] ? shape : best;
        }

        return (Shape)best;
    }

    private static long Next(ReadOnlySpan<long> column, int at, bool isSteps) =>
        isSteps ? column[at] - (at == 0 ? 0 : column[at - 1]) : column[at];

    private static int BytesOf(long number) =>
        Math.Max(1, (70 - System.Numerics.BitOperations.LeadingZeroCount(Folded(number))) / 7);

    private static ulong Folded(long number) => (ulong)((number << 1) ^ (number >> 63));
}

/// <summary>Reads what <see cref="Columns"/> wrote.</summary>
internal ref struct ColumnReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public byte Byte()
    {
        var value = _rest[0];
        _rest = _rest[1..];
        return value;
    }

    public long Number()
    {
        ulong number = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = Byte();
            number |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return (long)(number >> 1) ^ -(long)(number & 1);
            }
        }
    }

    public double Double()
    {
        var value = BinaryPrimitives.ReadDoubleLittleEndian(_rest);
        _rest = _rest[8..];
        return value;
    }

    public Guid Uuid()
    {
        var value = new Guid(_rest[..16]);
        _rest = _rest[16..];
        return value;
    }

    public string? Text()
    {
        var length = (int)Number() - 1;
        if (length < 0)
        {
            return null;
        }

        var text = Encoding.UTF8.GetString(_rest[..length]);
        _rest = _rest[length..];
        return text;
    }

    public long[] Longs(int count)
    {
        var shape = (Columns.Shape)Byte();
        var isSteps = shape is Columns.Shape.Steps or Columns.Shape.RunsOfSteps;
        var isRuns = shape is Columns.Shape.RunsOfValues or Columns.Shape.RunsOfSteps;
        var column = new long[count];
        long before = 0;
        for (var at = 0; at < count; )
        {
            var value = Number();
            var run = isRuns ? (int)Number() : 1;
            for (; run > 0; run--, at++)
            {
                before = column[at] = isSteps ? before + value : value;
            }
        }

        return column;
    }
}
