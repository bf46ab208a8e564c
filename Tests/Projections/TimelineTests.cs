using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Lists;
using EcosystemSilo.Grains.Interfaces.Partners;
using EcosystemSilo.Journal.Memory;
using EcosystemSilo.Silo.Projections;
using EcosystemSilo.Tests.Support;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Projections;

public sealed class TimelineTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void EveryEvent_HasASentence()
    {
        var events = Wire.All.Select(wire => wire.Type).Where(type => type.IsAssignableTo(typeof(IEvent))).ToList();

        events.Count.ShouldBeGreaterThan(20);
        events.Except(TimelineSentences.Types).ShouldBeEmpty();
    }

    [Fact]
    public void Sentences_AreForPeople()
    {
        var life = new SeededEcosystem(seed: 7);
        foreach (var recorded in life.Live(500))
        {
            var sentence = TimelineSentences.Of(Fact.Of(GrainKey.Parse(recorded.Grain), recorded).Body);
            sentence.ShouldNotBeNullOrWhiteSpace();
            sentence.ShouldNotContain("{");
            char.IsUpper(sentence[0]).ShouldBeTrue($"'{sentence}' begins with a capital.");
        }
    }

    [Fact]
    public async Task ATimeline_IsReadNewestFirst_PageByPage()
    {
        var life = new SeededEcosystem(seed: 8);
        life.Live(400);
        await using var journal = new MemoryJournal(new MemoryDisk(), TimeProvider.System);
        await journal.Open(Cancellation);
        await journal.AppendAll(life.Events, Cancellation);
        var (key, (version, _)) = life.Grains.MaxBy(grain => grain.Value.Version);
        var timeline = new Timeline(journal);

        var told = new List<TimelineEntry>();
        for (var upTo = version; upTo > 0; upTo = told[^1].Version - 1)
        {
            var page = await timeline.Read(key, upTo, 3, Cancellation);
            page.Count.ShouldBe((int)Math.Min(3, upTo));
            told.AddRange(page);
        }

        told.Select(entry => entry.Version).ShouldBe(LongRange(version));
        told[^1].Event.ShouldBe(key.Kind == PartnerKey.Kind ? "partner.registered" : "deal.registered");
        told[^1].Data.EnumerateObject().ShouldNotBeEmpty();
    }

    private static IEnumerable<long> LongRange(long from)
    {
        for (var version = from; version > 0; version--)
        {
            yield return version;
        }
    }
}
