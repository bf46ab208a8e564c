using System.Text;
using EcosystemSilo.Journal;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Journal;

/// <summary>Facts of the installation: the first value of each stays.</summary>
public abstract partial class JournalContract
{
    [Fact]
    public async Task AFact_IsTheFirstThatWasKept_InEveryProcess()
    {
        var other = await OpenAnother();

        (await Journal.KeepFact("cluster", new byte[] { 1, 2 }, Cancellation)).ShouldBe([1, 2]);
        (await other.KeepFact("cluster", new byte[] { 3, 4 }, Cancellation)).ShouldBe([1, 2]);
        await Restart();

        (await Journal.KeepFact("cluster", ReadOnlyMemory<byte>.Empty, Cancellation)).ShouldBe([1, 2]);
        (await Journal.KeepFact("another", ReadOnlyMemory<byte>.Empty, Cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public async Task OfProcessesThatKeepAFactAtTheSameTime_AllGetTheSame()
    {
        var journals = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => OpenAnother()));

        var kept = await Task.WhenAll(
            journals.Select((journal, i) => journal.KeepFact("cluster", new[] { (byte)i }, Cancellation))
        );

        kept.ShouldAllBe(value => value.SequenceEqual(kept[0]));
    }

    [Fact]
    public async Task FactsAreListed_ByTheBeginningOfTheirNames()
    {
        foreach (var name in (string[])["session/b", "session/a", "session", "Session/a", "sess%/c", "master-key"])
        {
            await Journal.KeepFact(name, Encoding.UTF8.GetBytes(name), Cancellation);
        }

        (await Names("session/")).ShouldBe(["session/a", "session/b"]);
        (await Names("sess%")).ShouldBe(["sess%/c"]);
        (await Names("other")).ShouldBeEmpty();
        (await Names("")).ShouldBe(["Session/a", "master-key", "sess%/c", "session", "session/a", "session/b"]);
        (await Journal.ListFacts("", Cancellation))
            .Select(fact => Encoding.UTF8.GetString(fact.Value.Span))
            .ShouldBe(await Names(""));
    }

    [Fact]
    public async Task AFactThatIsNone_IsABug()
    {
        var tooLarge = new byte[JournalLimits.FactBytesMax + 1];
        (await Journal.KeepFact("large", tooLarge.AsMemory(1), Cancellation)).Length.ShouldBe(tooLarge.Length - 1);

        await Should.ThrowAsync<ArgumentException>(() => Journal.KeepFact("", new byte[1], Cancellation));
        await Should.ThrowAsync<ArgumentException>(() => Journal.KeepFact("larger", tooLarge, Cancellation));
    }

    private async Task<IEnumerable<string>> Names(string prefix) =>
        (await Journal.ListFacts(prefix, Cancellation)).Select(fact => fact.Name);
}
