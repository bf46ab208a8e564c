using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using EcosystemSilo.LoadTests.Processes;
using EcosystemSilo.Tests.Support;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Webhooks.Senders;

/// <summary>A push of 100 MB, as Garmin sends a backfill, to a gateway in a process of its own.</summary>
[Collection<AloneCollection>]
public sealed class LargeDeliveryTests(ITestOutputHelper output)
{
    private const int BodyBytes = 100 * 1000 * 1000;

    /// <summary>
    /// All the heap that the gateway gets: 285 MB, in hexadecimal digits as the runtime reads it. How much of a larger
    /// one it would fill is up to the collector. The body as bytes and as the text of an event would be 300 MB.
    /// </summary>
    private const string HeapMax = "11000000";

    [Fact]
    public async Task AHundredMegabytes_AreJournalledPartByPart_InAHeapThatCannotHoldThem_AndOnceOnly()
    {
        await using var gateway = new GatewayProcess();
        gateway.Set("DOTNET_GCHeapHardLimit", HeapMax);
        await gateway.Start();
        var source = await gateway.CreateSource("garmin");
        using var client = new HttpClient { Timeout = TimeSpan.FromMinutes(5) };
        await Push(gateway, client, source.Url, bytes: 1_000_000);
        var before = Peak(gateway.Id);

        var clock = Stopwatch.StartNew();
        await Push(gateway, client, source.Url, BodyBytes);
        var first = clock.Elapsed;
        clock.Restart();
        await Push(gateway, client, source.Url, BodyBytes);
        var second = clock.Elapsed;

        var growth = Peak(gateway.Id) - before;
        output.WriteLine(
            $"100 MB: acknowledged in {first.TotalSeconds:0.0} s, sent again in {second.TotalSeconds:0.0} s, "
                + $"resident memory at most {growth / 1024 / 1024} MB more"
        );
        (await Repeats(gateway, source.Id)).ShouldBe(1, "the second push is one repeat");
    }

    private static async Task Push(GatewayProcess gateway, HttpClient client, string url, int bytes)
    {
        using var body = new StreamContent(new BackfillStream(bytes));
        body.Headers.ContentType = new("application/json");
        using var answer = await client.PostAsync(url, body, TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, gateway.Output);
    }

    private static async Task<long> Repeats(GatewayProcess gateway, string source)
    {
        using var client = gateway.Client();
        var text = await client.GetStringAsync($"/api/acme/sources/{source}", TestContext.Current.CancellationToken);
        return JsonElement.Parse(text).GetProperty("counts").GetProperty("repeated").GetInt64();
    }

    /// <summary>The most resident memory that the process has had, in bytes.</summary>
    private static long Peak(int process)
    {
        var line = File.ReadLines($"/proc/{process}/status")
            .Single(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
        var kilobytes = line["VmHWM:".Length..].Replace("kB", "", StringComparison.Ordinal).Trim();
        return long.Parse(kilobytes, CultureInfo.InvariantCulture) * 1024;
    }

    /// <summary>A backfill that is made while it is read, so that the sender does not hold it either.</summary>
    private sealed class BackfillStream(int bytes) : Stream
    {
        private byte[] _chunk = Encoding.UTF8.GetBytes("{\"dailies\":[");
        private int _at;
        private int _made;
        private int _number;
        private bool _isEnded;

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (_at == _chunk.Length && !_isEnded)
            {
                (_chunk, _at) = (Encoding.UTF8.GetBytes(Next()), 0);
            }

            var read = Math.Min(count, _chunk.Length - _at);
            _chunk.AsSpan(_at, read).CopyTo(buffer.AsSpan(offset));
            _at += read;
            _made += read;
            return read;
        }

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        /// <summary>One day of a person: 240 heart rates of four minutes, about 2 KB.</summary>
        private string Next()
        {
            if (_made >= bytes - 4_096)
            {
                _isEnded = true;
                return "]}";
            }

            var number = _number++;
            var rates = string.Join(
                ',',
                Enumerable.Range(0, 240).Select(i => $"\"{i * 240}\":{55 + ((i + number) % 60)}")
            );
            var comma = number == 0 ? "" : ",";
            return $$$"""{{{comma}}}{"userId":"u{{{number / 60}}}","summaryId":"s{{{number}}}","timeOffsetHeartRateSamples":{ {{{rates}}} }}""";
        }
    }
}
