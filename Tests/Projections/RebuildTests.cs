using EcosystemSilo.Grains.Interfaces.Board;
using EcosystemSilo.Journal;
using EcosystemSilo.Journal.Memory;
using EcosystemSilo.Silo.Projections;
using EcosystemSilo.Tests.Support;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Projections;

/// <summary>Promise 6: whatever happens to the process, what is shown and saved equals a fold of the journal.</summary>
public sealed class RebuildTests
{
    private readonly ManualClock clock = new();
    private readonly MemoryDisk disk = new();
    private readonly MemoryFaults faults = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task RestartsAndCrashesAtAnyPoint_EqualAFoldFromZero(int seed)
    {
        var random = new Random(seed);
        var life = new SeededEcosystem(seed);
        for (var run = 0; run < 8; run++)
        {
            await using var process = await Process();
            await IsAFold(process, life);
            await process.Journal.AppendAll(life.Live(random.Next(1, 60)), Cancellation);
            await process.Shown(life.Events.Count);
            if (random.Next(3) > 0)
            {
                await process.Save();
            }

            await process.Journal.AppendAll(life.Live(random.Next(1, 60)), Cancellation);
            if (random.Next(2) == 0)
            {
                await process.Shown(life.Events.Count);
            }

            if (random.Next(2) == 0)
            {
                await process.Stop();
            }
            // Else it is dropped without a last save: a crash.
        }

        await using var last = await Process();
        await last.Shown(life.Events.Count);
        await last.Save();

        (await IsAFold(last, life)).ShouldBe(life.Events.Count);
    }

    [Fact]
    public async Task AProcessThatIsStartedAgain_ReadsOnlyWhatWasNotSaved()
    {
        var life = new SeededEcosystem(seed: 11);
        await using (var process = await Process())
        {
            await process.Journal.AppendAll(life.Live(100), Cancellation);
            await process.Shown(life.Events.Count);
            await process.Save();
        }

        var saved = life.Events.Count;
        await using var again = await Process();
        await again.Journal.AppendAll(life.Live(100), Cancellation);
        await again.Shown(life.Events.Count);
        await again.Save();

        again.ReadAfter.ShouldNotBeEmpty();
        again.ReadAfter.ShouldAllBe(position => position >= saved);
        (await IsAFold(again, life)).ShouldBe(life.Events.Count);
    }

    [Fact]
    public async Task WhatIsShown_IsSavedBehind_OnceTheIntervalIsOver()
    {
        var life = new SeededEcosystem(seed: 12);
        await using var process = await Process();
        for (var round = 1; round <= 2; round++)
        {
            await process.Journal.AppendAll(life.Live(20), Cancellation);
            await process.Shown(life.Events.Count);
            (await IsAFold(process, life)).ShouldBeLessThan(life.Events.Count, "the clock stands still");

            var saved = Awaited.Until(
                async () => await Checkpoint(process) == life.Events.Count,
                "the save of what is shown"
            );
            await clock.AdvanceUntil(saved, ProjectionLimits.SaveInterval / 4);
            await saved;
            await IsAFold(process, life);
        }
    }

    [Fact]
    public async Task AfterAReset_EverythingIsRebuilt()
    {
        var life = new SeededEcosystem(seed: 5);
        await using (var process = await Process())
        {
            await process.Journal.AppendAll(life.Live(200), Cancellation);
            await process.Shown(life.Events.Count);
            await process.Stop();
            (await IsAFold(process, life)).ShouldBe(life.Events.Count);
            await process.Journal.ResetReader(ReadModelReader.Name, Cancellation);
            (await IsAFold(process, life)).ShouldBe(0);
        }

        await using var again = await Process();
        await again.Shown(life.Events.Count);
        await again.Save();
        (await IsAFold(again, life)).ShouldBe(life.Events.Count);
    }

    [Fact]
    public async Task ASaveThatFails_IsMadeUpFor()
    {
        var life = new SeededEcosystem(seed: 6);
        await using var process = await Process();
        await process.Journal.AppendAll(life.Live(50), Cancellation);
        await process.Shown(life.Events.Count);

        faults.BeforeOther = () => throw new JournalUnavailableException("The disk is away.");
        await process.Save();
        faults.BeforeOther = null;
        (await IsAFold(process, life)).ShouldBe(0);

        await process.Save();
        (await IsAFold(process, life)).ShouldBe(life.Events.Count);
    }

    [Fact]
    public async Task ARowThatDroppedOut_IsDeletedWhereItWasSaved()
    {
        await using var process = await Process();
        var row = new BoardRow(BoardKind.Deals, 7);
        await process.Reader.Save(new UnsavedRows(1, new Dictionary<string, object?> { ["kept"] = row }), Cancellation);
        (await process.SavedRows()).Length.ShouldBe(1);

        await process.Reader.Save(
            new UnsavedRows(2, new Dictionary<string, object?> { ["kept"] = null }),
            Cancellation
        );

        (await process.SavedRows()).ShouldBeEmpty();
    }

    [Fact]
    public async Task OfTwoProcesses_TheOneBehindNeverMovesTheCheckpointBack()
    {
        var life = new SeededEcosystem(seed: 9);
        await using var ahead = await Process();
        await using var behind = await Process();
        await ahead.Journal.AppendAll(life.Live(100), Cancellation);
        await behind.Shown(life.Events.Count);
        var late = behind.Reader.Models.TakeUnsaved();
        late.Rows.ShouldNotBeEmpty();
        await ahead.Journal.AppendAll(life.Live(100), Cancellation);
        await ahead.Shown(life.Events.Count);
        await ahead.Save();

        await behind.Reader.Save(late, Cancellation);

        (await IsAFold(ahead, life)).ShouldBe(life.Events.Count);
    }

    [Fact]
    public async Task AMissingPosition_StopsTheReader_AndIsTold()
    {
        var life = new SeededEcosystem(seed: 10);
        life.Live(10);
        var models = new ReadModels(clock);

        Should
            .Throw<InvalidOperationException>(() => models.Fold([life.Events[0], life.Events[2]]))
            .Message.ShouldContain("from position 1 to 3");

        await using var process = await Process();
        await process.Journal.AppendAll(life.Events, Cancellation);
        await process.Journal.Append(Unknown(), Cancellation);
        var fault = await Should.ThrowAsync<InvalidOperationException>(() => process.Shown(life.Events.Count + 1));
        fault.InnerException!.Message.ShouldContain("partner.vanished");
        process.Reader.Fault.ShouldNotBeNull();
        await process.Save();
        (await Checkpoint(process)).ShouldBe(0, "what may be half folded is not saved");
    }

    private async Task<ReaderProcess> Process() => await ReaderProcess.Start(disk, faults, clock);

    /// <summary>
    /// Whatever was saved when, rows and checkpoint belong together: the rows are the fold up to the checkpoint, which
    /// is returned.
    /// </summary>
    private async Task<long> IsAFold(ReaderProcess process, SeededEcosystem life)
    {
        var checkpoint = await Checkpoint(process);
        (await process.SavedRows()).ShouldBe(RowsOf([.. life.Events.Take((int)checkpoint)]), ignoreOrder: true);
        return checkpoint;
    }

    private static Task<long> Checkpoint(ReaderProcess process) =>
        process.Journal.ReadCheckpoint(ReadModelReader.Name, Cancellation);

    private string[] RowsOf(IReadOnlyList<RecordedEvent> events)
    {
        var models = new ReadModels(clock);
        models.Fold(events);
        return [.. models.TakeUnsaved().Rows.Select(row => ReaderProcess.Text(row.Key, RowJson.Write(row.Value!)))];
    }

    private static Append Unknown() =>
        new(
            "acme/partner/unknown",
            0,
            [new NewEvent("partner.vanished", 1, "{}"u8.ToArray())],
            new CommandStamp("test", "unknown", new byte[32]),
            [],
            new DateTimeOffset(2026, 1, 5, 9, 0, 0, TimeSpan.Zero),
            "correlation",
            "test"
        );
}
