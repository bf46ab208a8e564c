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

        (await last.SavedRows()).ShouldBe(RowsOf(life.Events), ignoreOrder: true);
        (await last.Journal.ReadCheckpoint(ReadModelReader.Name, Cancellation)).ShouldBe(life.Events.Count);
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
            await process.Journal.ResetReader(ReadModelReader.Name, Cancellation);
        }

        await using var again = await Process();
        await again.Shown(life.Events.Count);
        await again.Save();
        (await again.SavedRows()).ShouldBe(RowsOf(life.Events), ignoreOrder: true);
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
        (await process.SavedRows()).ShouldBeEmpty();

        await process.Save();
        (await process.SavedRows()).ShouldBe(RowsOf(life.Events), ignoreOrder: true);
    }

    [Fact]
    public async Task ARowThatDroppedOut_IsDeletedWhereItWasSaved()
    {
        await using var process = await Process();
        var row = new BoardRow(BoardKind.Deals, 7);
        await process.Reader.Save(new UnsavedRows(1, new Dictionary<string, object?> { ["kept"] = row }), Cancellation);

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
        await ahead.Journal.AppendAll(life.Live(100), Cancellation);
        await ahead.Shown(life.Events.Count);
        await ahead.Save();

        await behind.Reader.Save(late, Cancellation);

        (await ahead.Journal.ReadCheckpoint(ReadModelReader.Name, Cancellation)).ShouldBe(life.Events.Count);
        (await ahead.SavedRows()).ShouldBe(RowsOf(life.Events), ignoreOrder: true);
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
        await process.Journal.Append(Unknown(), Cancellation);
        var fault = await Should.ThrowAsync<InvalidOperationException>(() => process.Shown(1));
        fault.InnerException!.Message.ShouldContain("partner.vanished");
        process.Reader.Fault.ShouldNotBeNull();
    }

    private async Task<ReaderProcess> Process() => await ReaderProcess.Start(disk, faults, clock);

    private string[] RowsOf(IReadOnlyList<RecordedEvent> events)
    {
        var models = new ReadModels(clock);
        models.Fold(events);
        return [.. models.TakeUnsaved().Rows.Select(row => ReaderProcess.Text(row.Key, RowJson.Write(row.Value!)))];
    }

    private static Append Unknown() =>
        new(
            "acme/partner/p-1",
            0,
            [new NewEvent("partner.vanished", 1, "{}"u8.ToArray())],
            new CommandStamp("test", "unknown", new byte[32]),
            [],
            new DateTimeOffset(2026, 1, 5, 9, 0, 0, TimeSpan.Zero),
            "correlation",
            "test"
        );
}
