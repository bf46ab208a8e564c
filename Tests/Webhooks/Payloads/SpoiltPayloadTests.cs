using System.Text.Json;
using EcosystemSilo.Grains.Interfaces.WearableStreams;
using EcosystemSilo.Senders.Payloads;
using EcosystemSilo.Senders.Schemes;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Webhooks.Payloads;

/// <summary>Whatever a sender's JSON has become, reading it ends in news that can be stored, and never in an
/// exception.</summary>
public sealed class SpoiltPayloadTests
{
    private const int Times = 2_000;

    public static TheoryData<int> Answers => [.. Enumerable.Range(0, PayloadSamples.Answers.Count)];

    public static TheoryData<int> Samples => [.. Enumerable.Range(0, PayloadSamples.All.Count)];

    [Theory]
    [MemberData(nameof(Samples))]
    public void ASample_IsNews(int index)
    {
        var sample = PayloadSamples.All[index];
        NewsText.Read(sample.Scheme, sample.Type, sample.Body).ShouldNotBeNullOrEmpty();
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void ASpoiltSample_IsReadWithoutAnException(int index)
    {
        var sample = PayloadSamples.All[index];
        var reader = WebhookSchemes.Find(sample.Scheme)!.Payload!;
        Spoil(sample, data => reader.Read(new InboundEvent("id", sample.Type, OccurredAt: null, data, default)) ?? []);
    }

    [Theory]
    [MemberData(nameof(Answers))]
    public void AnAnswer_IsNews(int index)
    {
        var sample = PayloadSamples.Answers[index];
        NewsText.Of(ReadAnswer(sample, JsonElement.Parse(sample.Body))).ShouldNotBeNullOrEmpty();
    }

    [Theory]
    [MemberData(nameof(Answers))]
    public void ASpoiltAnswer_IsReadWithoutAnException(int index)
    {
        var sample = PayloadSamples.Answers[index];
        Spoil(sample, data => ReadAnswer(sample, data));
    }

    private static void Spoil(PayloadSample sample, Func<JsonElement, IReadOnlyList<News>> read)
    {
        for (var seed = 0; seed < Times; seed++)
        {
            var body = JsonMutations.Of(sample.Body, seed);
            var news = Read(read, body, seed);
            foreach (var readings in news.OfType<ReadingsNews>())
            {
                var isStorable = readings.Readings.All(IsReading);
                var isPlaced = readings.SetAside.All(aside => aside.Path.StartsWith('$'));
                (isStorable && isPlaced).ShouldBeTrue(isStorable && isPlaced ? null : $"seed {seed}: {body}");
            }
        }
    }

    private static IReadOnlyList<News> Read(Func<JsonElement, IReadOnlyList<News>> read, string body, int seed)
    {
        try
        {
            return read(JsonElement.Parse(body));
        }
        catch (Exception thrown)
        {
            throw new InvalidOperationException($"seed {seed}: {body}", thrown);
        }
    }

    private static IReadOnlyList<News> ReadAnswer(PayloadSample sample, JsonElement answer)
    {
        var fetched = new FetchNews("u", sample.Type, Id: null, DateTimeOffset.UnixEpoch, To: null, Version: 0);
        return [FetchedAnswers.Find(sample.Scheme)!(fetched, answer)];
    }

    [Fact]
    public void EveryReader_HasASample() =>
        WebhookSchemes
            .All.Where(scheme => scheme.Payload is not null)
            .Select(scheme => scheme.Name)
            .ShouldBe(PayloadSamples.All.Select(sample => sample.Scheme).Distinct(), ignoreOrder: true);

    private static bool IsReading(Reading reading) =>
        double.IsFinite(reading.Value) && Units.Find(reading.Measure, reading.Unit) is not null;
}
