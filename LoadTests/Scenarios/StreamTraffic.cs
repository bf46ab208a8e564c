using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using EcosystemSilo.LoadTests.Processes;

namespace EcosystemSilo.LoadTests.Scenarios;

/// <summary>
/// People with a telephone each, which posts a day at a time in the shape of a Health Connect app: a heart rate every
/// minute and 1,060 minutes with steps, 2,500 samples in 146 KB.
/// </summary>
internal sealed class StreamTraffic(SourceAddress source)
{
    public const int SamplesOfADay = HeartRates + StepMinutes;
    private const int HeartRates = 1_440;
    private const int StepMinutes = 1_060;

    /// <summary>Days are told from the oldest on; none of them is in the future.</summary>
    private const int DaysBack = 360;

    private static readonly DateTimeOffset FirstDay = new(
        TimeProvider.System.GetUtcNow().Date.AddDays(-DaysBack),
        TimeSpan.Zero
    );

    private readonly ConcurrentDictionary<int, byte[]> _days = new();

    public static string Person(int number) => $"person-{number}";

    /// <summary>Registers people, with their consent, and connects their telephones.</summary>
    public async Task Connect(GatewayProcess gateway, int people, Action<string> tell)
    {
        using var client = gateway.Client();
        var done = 0;
        await Parallel.ForAsync(
            0,
            people,
            new ParallelOptions { MaxDegreeOfParallelism = 64 },
            async (number, cancellation) =>
            {
                var person = Person(number);
                await Post("/api/acme/people", new { id = person }, cancellation);
                await Post(
                    $"/api/acme/people/{person}/consents",
                    new
                    {
                        purpose = "coaching",
                        textVersion = "1",
                        channel = "app",
                    },
                    cancellation
                );
                await Post(
                    $"/api/acme/people/{person}/streams",
                    new { source = source.Id, user = person },
                    cancellation
                );
                if (Interlocked.Increment(ref done) % 500 == 0)
                {
                    tell($"{done:n0} of {people:n0} people connected");
                }
            }
        );

        async Task Post(string path, object body, CancellationToken cancellation)
        {
            using var answer = await client.PostAsJsonAsync(path, body, cancellation);
            if (!answer.IsSuccessStatusCode)
            {
                throw new InvalidOperationException(
                    $"{path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(cancellation)}"
                );
            }
        }
    }

    /// <summary>Delivery number n: the person in turn, and each time around the next day.</summary>
    public ReadOnlyMemory<byte> Delivery(int number, int people)
    {
        var address = new Uri(source.Url);
        var body = _days.GetOrAdd(number / people % DaysBack, Day);
        var head = Encoding.ASCII.GetBytes(
            $"POST {address.AbsolutePath}?user={Person(number % people)} HTTP/1.1\r\nHost: {address.Authority}\r\n"
                + $"Content-Type: application/json\r\nAuthorization: Bearer {source.Secret}\r\n"
                + $"Content-Length: {body.Length}\r\n\r\n"
        );
        var request = new byte[head.Length + body.Length];
        head.CopyTo(request, 0);
        body.CopyTo(request, head.Length);
        return request;
    }

    /// <summary>A person's first day, minute by minute.</summary>
    public static ReadOnlyMemory<byte> Series(int person) =>
        Encoding.ASCII.GetBytes(
            $"GET /api/acme/people/{Person(person)}/series?measure=heart-rate&resolution=1m"
                + $"&from={Time(FirstDay)}&to={Time(FirstDay.AddDays(1))} HTTP/1.1\r\nHost: localhost\r\n"
                + $"X-Api-Key: {GatewayProcess.BootstrapKey}\r\n\r\n"
        );

    /// <summary>The rows of a delivery, for a peer that stores them as they are.</summary>
    public static IEnumerable<(short Measure, DateTime Start, DateTime? End, double Value)> Rows(int day)
    {
        var random = new Random(day);
        var start = FirstDay.AddDays(day).UtcDateTime;
        for (var minute = 0; minute < HeartRates; minute++)
        {
            yield return (1, start.AddMinutes(minute), null, Pulse(random, minute));
        }

        for (var minute = 0; minute < StepMinutes; minute++)
        {
            var at = start.AddMinutes(360 + minute);
            yield return (4, at, at.AddMinutes(1), random.Next(1, 130));
        }
    }

    private static byte[] Day(int day)
    {
        var (pulses, steps) = (new StringBuilder(), new StringBuilder());
        foreach (var (measure, start, end, value) in Rows(day))
        {
            var time = Time(start);
            if (measure == 1)
            {
                pulses.Append(CultureInfo.InvariantCulture, $",{{\"bpm\":{value},\"time\":\"{time}\"}}");
            }
            else
            {
                steps.Append(
                    CultureInfo.InvariantCulture,
                    $",{{\"count\":{value},\"start_time\":\"{time}\",\"end_time\":\"{Time(end!.Value)}\"}}"
                );
            }
        }

        return Encoding.ASCII.GetBytes(
            $"{{\"app_version\":\"1\",\"heart_rate\":[{pulses.ToString(1, pulses.Length - 1)}],"
                + $"\"steps\":[{steps.ToString(1, steps.Length - 1)}]}}"
        );
    }

    /// <summary>Asleep, awake and at rest, or on the way.</summary>
    private static int Pulse(Random random, int minute) =>
        (
            minute < 400 ? 52
            : minute % 120 < 30 ? 95
            : 70
        ) + random.Next(-6, 7);

    private static string Time(DateTimeOffset time) => Time(time.UtcDateTime);

    private static string Time(DateTime time) => time.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
