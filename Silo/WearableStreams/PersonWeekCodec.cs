using System.Buffers.Binary;
using EcosystemSilo.Grains.Interfaces.WearableStreams;
using EcosystemSilo.Grains.WearableStreams;

namespace EcosystemSilo.Silo.WearableStreams;

/// <summary>
/// A week as bytes: of each measure its number, a bit for each day that is known, and the values of these days.
/// Outcomes read hundreds of thousands of weeks while somebody waits; as JSON they took several times as long.
/// </summary>
internal static class PersonWeekCodec
{
    private const byte Form = 1;
    private const int HeadBytes = 2;

    public static byte[] Write(PersonWeek week)
    {
        var bytes = new byte[1 + week.Days.Values.Sum(days => HeadBytes + (sizeof(float) * days.Count(IsKnown)))];
        bytes[0] = Form;
        var at = 1;
        foreach (var (measure, days) in week.Days.OrderBy(days => days.Key))
        {
            var known = at + 1;
            bytes[at] = (byte)measure;
            at += HeadBytes;
            for (var day = 0; day < days.Count; day++)
            {
                if (days[day] is { } value)
                {
                    bytes[known] |= (byte)(1 << day);
                    BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(at), (float)value);
                    at += sizeof(float);
                }
            }
        }

        return bytes;
    }

    public static PersonWeek Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes is not [Form, ..])
        {
            throw new FormatException("This is not a week of a person, or one of a newer form.");
        }

        var week = new Dictionary<Measure, IReadOnlyList<double?>>();
        for (var at = 1; at < bytes.Length; )
        {
            var (measure, known) = ((Measure)bytes[at], bytes[at + 1]);
            at += HeadBytes;
            var days = new double?[PersonWeek.DaysInWeek];
            for (var day = 0; day < days.Length; day++)
            {
                if ((known & (1 << day)) != 0)
                {
                    days[day] = BinaryPrimitives.ReadSingleLittleEndian(bytes[at..]);
                    at += sizeof(float);
                }
            }

            week.Add(measure, days);
        }

        return new PersonWeek(week);
    }

    private static bool IsKnown(double? value) => value is not null;
}
