using EcosystemSilo.Journal;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Journal;

/// <summary>What a journal remembers of its own commits, for readers that keep up.</summary>
public sealed class RecentEventsTests
{
    private readonly RecentEvents recent = new();

    [Fact]
    public void ABatch_IsRememberedInTheOrderOfItsPositions()
    {
        Commit((3, ["third"]), (2, ["first", "second"]));

        recent
            .After(0, 10)!
            .Select(one => (one.Position, one.Name))
            .ShouldBe([(1, "first"), (2, "second"), (3, "third")]);
        recent.After(1, 1)!.Select(one => one.Name).ShouldBe(["second"]);
    }

    [Fact]
    public void WhoHasReadEverything_AsksTheStore_ForOthersMayHaveWritten()
    {
        Commit((1, ["registered"]));

        recent.After(1, 10).ShouldBeNull();
        new RecentEvents().After(0, 10).ShouldBeNull();
    }

    [Fact]
    public void WhereAnotherProcessWroteInBetween_NothingIsSkipped()
    {
        Commit((1, ["mine"]));
        Commit((5, ["mine later"]));

        recent.After(0, 10).ShouldBeNull();
        recent.After(1, 10).ShouldBeNull();
        recent.After(4, 10)!.Select(one => one.Position).ShouldBe([5]);
    }

    [Fact]
    public void WhatWasNotCommitted_IsNotRemembered()
    {
        var refused = JournalContract.To("acme/partner/refused", 0, "refused");

        recent.Add([refused], [new AppendResult(AppendOutcome.VersionConflict, refused.Grain, 4, 0)]);

        recent.After(0, 10).ShouldBeNull();
    }

    [Fact]
    public void TheOldest_AreForgotten()
    {
        var total = JournalLimits.RecentEventsMax + 100;
        for (var position = 1; position <= total; position++)
        {
            Commit((position, ["advanced"]));
        }

        recent.After(99, 1).ShouldBeNull();
        recent
            .After(100, total)!
            .Select(one => one.Position)
            .ShouldBe(Enumerable.Range(101, total - 100).Select(i => (long)i));
    }

    [Fact]
    public void LargePayloads_AreForgottenSooner()
    {
        var large = new NewEvent("large", 1, new byte[JournalLimits.RecentBytesMax / 4]);
        for (var position = 1; position <= 10; position++)
        {
            var append = JournalContract.To("acme/partner/large", position - 1) with { Events = [large] };
            recent.Add([append], [Committed(append, position)]);
        }

        recent.After(5, 10).ShouldBeNull();
        recent.After(6, 10)!.Select(one => one.Position).ShouldBe([7, 8]);
        recent.After(8, 10)!.Select(one => one.Position).ShouldBe([9, 10]);
    }

    private void Commit(params (long Position, string[] Events)[] appends)
    {
        var batch = appends.Select(one => JournalContract.To($"acme/partner/{one.Position}", 0, one.Events)).ToArray();
        recent.Add(batch, [.. batch.Select((append, i) => Committed(append, appends[i].Position))]);
    }

    private static AppendResult Committed(Append append, long position) =>
        new(AppendOutcome.Committed, append.Grain, append.ExpectedVersion + append.Events.Count, position);
}
