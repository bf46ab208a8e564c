using System.Text;
using System.Text.Json;
using EcosystemSilo.Senders.Schemes;
using EcosystemSilo.Tests.Support;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Webhooks.Senders;

/// <summary>
/// Every scheme against the whole product: what each thing that can befall a delivery ends in, in status and effect.
/// </summary>
public sealed class SenderTests(SenderTests.Running running) : IClassFixture<SenderTests.Running>
{
    public static TheoryData<string> Schemes() => [.. WebhookSchemes.Names.Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Schemes))]
    public async Task AValidDelivery_IsAcknowledgedAsItsSenderWants_AndKeptOnce(string scheme)
    {
        var sender = await Sender(scheme);
        var since = SenderClient.Now;

        ShouldEnd(await sender.Deliver(), sender.Sample.Valid);

        (await sender.Kept(since)).ShouldBe(1);
    }

    /// <summary>
    /// Three times, because a notification without id and time is recognised within a window of time: however the
    /// three fall, two of them fall into one.
    /// </summary>
    [Theory]
    [MemberData(nameof(Schemes))]
    public async Task ARepeatedDelivery_IsAcknowledgedAgain_AndHasNoSecondEffect(string scheme)
    {
        var sender = await Sender(scheme);
        var isTimeless = sender.Sample.Kind.Facts.Identity.StartsWith("none", StringComparison.Ordinal);
        var since = SenderClient.Now;

        for (var time = 0; time < 3; time++)
        {
            ShouldEnd(await sender.Deliver(), sender.Sample.Valid);
        }

        (await sender.Kept(since)).ShouldBe(1);
        (await sender.Repeats()).ShouldBeInRange(isTimeless ? 1 : 2, 2);
    }

    public static TheoryData<string, string> Mishaps()
    {
        string[] mishaps =
        [
            nameof(SenderSample.Tampered),
            nameof(SenderSample.Truncated),
            nameof(SenderSample.Stale),
            nameof(SenderSample.WrongSecret),
            nameof(SenderSample.Unproven),
            nameof(SenderSample.Reserialised),
            nameof(SenderSample.Oversized),
            nameof(SenderSample.Misshapen),
        ];
        var rows = new TheoryData<string, string>();
        foreach (var scheme in WebhookSchemes.Names.Order(StringComparer.Ordinal))
        {
            foreach (var mishap in mishaps)
            {
                rows.Add(scheme, mishap);
            }
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Mishaps))]
    public async Task AMishap_EndsAsTheTableSays_AndWhatIsRefusedLeavesNothing(string scheme, string mishap)
    {
        var sender = await Sender(scheme);
        var since = SenderClient.Now;
        var (expected, befall) = Row(sender, mishap);
        if (expected.StartsWith('-'))
        {
            expected.Length.ShouldBeGreaterThan(10, "a row that does not apply says why");
            return;
        }

        ShouldEnd(await befall(), expected);

        // A body that is taken apart while it arrives is judged to its end: the parts before a fault stand.
        var isJudgedLate = sender.Sample.IsParted && mishap == nameof(SenderSample.Truncated);
        (await sender.Kept(since)).ShouldBe(expected.StartsWith('2') || isJudgedLate ? 1 : 0);
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public async Task AGreeting_IsAnsweredAsTheTableSays_AndHasNoEffect(string scheme)
    {
        var sender = await Sender(scheme);
        foreach (var greeting in sender.Sample.Greetings)
        {
            ShouldEnd(await sender.Greet(greeting), greeting.Answer);
        }

        (sender.Sample.Kind.Facts.Handshake == "none").ShouldBe(sender.Sample.Greetings.Count == 0);
        (await sender.Repeats()).ShouldBe(0);
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public async Task AnAddressWithASecretThatIsNone_IsUnknown(string scheme)
    {
        var sender = await Sender(scheme);
        var isPartOfAddress = sender.Sample.Kind.Facts.Secret == SecretOrigin.Address;
        var stray = sender with { Url = (isPartOfAddress ? sender.Url : $"{sender.Url}/anything") + "x" };

        (await stray.Deliver()).ShouldBe("404 webhook.address-unknown");
    }

    private static (string Expected, Func<Task<string>> Befall) Row(SenderClient sender, string mishap)
    {
        var sample = sender.Sample;
        return mishap switch
        {
            nameof(SenderSample.Tampered) => (sample.Tampered, () => sender.Deliver(afterSigning: ChangeADigit)),
            nameof(SenderSample.Truncated) => (
                sample.Truncated,
                () => sender.Deliver(afterSigning: sent => sent[..^1])
            ),
            nameof(SenderSample.Stale) => (sample.Stale, () => sender.Deliver(age: TimeSpan.FromDays(1))),
            nameof(SenderSample.WrongSecret) => (
                sample.WrongSecret,
                () => sender.Deliver(secret: sample.Kind.NewSecret())
            ),
            nameof(SenderSample.Unproven) => (sample.Unproven, sender.DeliverUnproven),
            nameof(SenderSample.Reserialised) => (sample.Reserialised, () => sender.Deliver(afterSigning: Indent)),
            nameof(SenderSample.Oversized) => (sample.Oversized, () => sender.Deliver(Oversized(sample))),
            nameof(SenderSample.Misshapen) => (
                sample.Misshapen,
                () => sender.Deliver(Encoding.UTF8.GetBytes(sample.MisshapenBody))
            ),
            _ => throw new ArgumentOutOfRangeException(nameof(mishap), mishap, "There is no such row."),
        };
    }

    private static void ShouldEnd(string answer, string expected)
    {
        var isStatus = expected.EndsWith(" -", StringComparison.Ordinal) || !expected.Contains(' ');
        (isStatus ? answer.Split(' ')[0] : answer).ShouldBe(isStatus ? expected.Split(' ')[0] : expected);
    }

    private static byte[] ChangeADigit(byte[] sent)
    {
        var changed = sent.ToArray();
        var at = Array.FindLastIndex(changed, unit => char.IsAsciiLetterOrDigit((char)unit));
        changed[at] = changed[at] == (byte)'1' ? (byte)'2' : (byte)'1';
        return changed;
    }

    private static byte[] Indent(byte[] sent) =>
        JsonSerializer.SerializeToUtf8Bytes(
            JsonElement.Parse(sent),
            new JsonSerializerOptions { WriteIndented = true }
        );

    private static byte[] Oversized(SenderSample sample)
    {
        var body = new byte[sample.Kind.Facts.BodyBytesMax + 1];
        Array.Fill(body, (byte)' ');
        Encoding.UTF8.GetBytes(sample.Body).CopyTo(body, 0);
        return body;
    }

    private Task<SenderClient> Sender(string scheme) =>
        SenderClient.Start(running.Gateway, running.Http, SenderSample.Of(scheme));

    /// <summary>One gateway for all rows; every row has a source of its own.</summary>
    public sealed class Running : IAsyncLifetime
    {
        public RunningGateway Gateway { get; } = new();

        public HttpClient Http { get; private set; } = null!;

        public ValueTask InitializeAsync()
        {
            Http = Gateway.Client();
            return ValueTask.CompletedTask;
        }

        public ValueTask DisposeAsync()
        {
            Http.Dispose();
            return Gateway.DisposeAsync();
        }
    }
}
