using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using EcosystemSilo.LoadTests.Processes;

namespace EcosystemSilo.LoadTests.Generator;

/// <summary>
/// Deliveries signed by Standard Webhooks and laid out as whole HTTP requests, made before the run so that their making
/// is not measured. A signature holds for five minutes, which bounds a closed loop; in an open one it is known when
/// each is due, and it is signed for that time.
/// </summary>
internal sealed class Deliveries
{
    private readonly byte[] _bytes;
    private readonly int[] _ends;

    private Deliveries(byte[] bytes, int[] ends) => (_bytes, _ends) = (bytes, ends);

    public int Count => _ends.Length;

    public ReadOnlyMemory<byte> this[int number]
    {
        get
        {
            var start = number == 0 ? 0 : _ends[number - 1];
            return _bytes.AsMemory(start, _ends[number] - start);
        }
    }

    /// <param name="body">The id and the JSON body of delivery number n.</param>
    /// <param name="perSecond">The rate of an open loop.</param>
    public static Deliveries Sign(
        SourceAddress source,
        int count,
        TimeProvider time,
        Func<int, (string Id, string Body)> body,
        double? perSecond = null
    )
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, LoadLimits.RequestsMax);
        var address = new Uri(source.Url);
        var head = $"POST {address.AbsolutePath} HTTP/1.1\r\nHost: {address.Authority}\r\n";
        var now = time.GetUtcNow();
        var key = Convert.FromBase64String(source.Secret["whsec_".Length..]);
        var requests = new byte[count][];
        Parallel.For(0, count, number => requests[number] = Request(head, Timestamp(number), key, body(number)));
        var ends = new int[count];
        var length = 0;
        for (var number = 0; number < count; number++)
        {
            ends[number] = length += requests[number].Length;
        }

        var bytes = new byte[length];
        for (var number = 0; number < count; number++)
        {
            requests[number].CopyTo(bytes, ends[number] - requests[number].Length);
        }

        return new Deliveries(bytes, ends);

        string Timestamp(int number)
        {
            var due = perSecond is { } rate ? now.AddSeconds(number / rate) : now;
            return due.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        }
    }

    private static byte[] Request(string head, string timestamp, byte[] key, (string Id, string Body) delivery)
    {
        var (id, body) = delivery;
        var signature = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{id}.{timestamp}.{body}"));
        return Encoding.UTF8.GetBytes(
            $"{head}Content-Type: application/json\r\nwebhook-id: {id}\r\nwebhook-timestamp: {timestamp}\r\n"
                + $"webhook-signature: v1,{Convert.ToBase64String(signature)}\r\n"
                + $"Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}"
        );
    }
}
