using System.Text.Json;
using EcosystemSilo.Gateway.Webhooks.Payloads;
using EcosystemSilo.Gateway.Webhooks.Schemes;
using EcosystemSilo.Grains.Interfaces.WearableStreams;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Webhooks.Payloads;

/// <summary>Whatever a sender's JSON has become, reading it ends in news that can be stored, and never in an
/// exception.</summary>
public sealed class SpoiltPayloadTests
{
    private const int Times = 2_000;

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
        for (var seed = 0; seed < Times; seed++)
        {
            var body = JsonMutations.Of(sample.Body, seed);
            var data = JsonElement.Parse(body);
            var inbound = new InboundEvent("id", sample.Type, OccurredAt: null, data, default);
            var news = Should.NotThrow(() => reader.Read(inbound), $"seed {seed}: {body}");
            foreach (var readings in (news ?? []).OfType<ReadingsNews>())
            {
                readings.Readings.ShouldAllBe(reading => IsReading(reading), $"seed {seed}: {body}");
                readings.SetAside.ShouldAllBe(aside => aside.Path.StartsWith('$'));
            }
        }
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
