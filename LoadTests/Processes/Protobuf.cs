namespace EcosystemSilo.LoadTests.Processes;

/// <summary>Reads what processes export, without the schemas that it was written by.</summary>
internal static class Protobuf
{
    /// <summary>The bytes of every field with this number in a protobuf message.</summary>
    public static List<byte[]> Parts(byte[] message, int number)
    {
        var parts = new List<byte[]>();
        var at = 0;
        while (at < message.Length)
        {
            var tag = Varint(message, ref at);
            var length = (int)(tag & 7) switch
            {
                0 => 0,
                1 => 8,
                2 => (int)Varint(message, ref at),
                5 => 4,
                var other => throw new InvalidOperationException($"Wire type {other} is not known."),
            };
            if ((tag & 7) == 0)
            {
                Varint(message, ref at);
            }
            else if ((int)(tag >> 3) == number)
            {
                parts.Add(message[at..(at + length)]);
            }

            at += length;
        }

        return parts;
    }

    private static ulong Varint(byte[] message, ref int at)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var next = message[at++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }
}
