using System.Collections.Concurrent;
using System.Text;
using EcosystemSilo.Journal;
using EcosystemSilo.Journal.Memory;
using EcosystemSilo.Silo;
using EcosystemSilo.Silo.Leases;
using EcosystemSilo.Silo.Projections;
using EcosystemSilo.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Projections;

/// <summary>
/// A process as far as read models go: a journal and a reader. Disposing it without stopping is a crash.
/// </summary>
internal sealed class ReaderProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly LeaseHolder _leases;

    private ReaderProcess(WatchedJournal journal, LeaseHolder leases, ReadModelReader reader)
    {
        (Journal, _leases, Reader) = (journal, leases, reader);
        journal.BeforeReadAll = ReadAfter.Enqueue;
    }

    public IJournal Journal { get; }

    /// <summary>The positions after which the journal was read.</summary>
    public ConcurrentQueue<long> ReadAfter { get; } = new();

    public ReadModelReader Reader { get; }

    public static async Task<ReaderProcess> Start(MemoryDisk disk, MemoryFaults faults, TimeProvider clock)
    {
        var journal = new WatchedJournal(new MemoryJournal(disk, clock, faults));
        await journal.Open(TestContext.Current.CancellationToken);
        var models = new ReadModels(clock);
        var leases = new LeaseHolder(journal, new SiloOptions(), clock, NullLogger<LeaseHolder>.Instance);
        var reader = new ReadModelReader(
            journal,
            models,
            leases,
            new BoardPulse(models, clock),
            new ReadModelMetrics(models, new SiloMetrics()),
            clock,
            NullLogger<ReadModelReader>.Instance
        );
        var process = new ReaderProcess(journal, leases, reader);
        await leases.StartAsync(TestContext.Current.CancellationToken);
        await reader.StartAsync(TestContext.Current.CancellationToken);
        return process;
    }

    public static string Text(string key, ReadOnlyMemory<byte>? value) =>
        $"{key} = {Encoding.UTF8.GetString(value!.Value.Span)}";

    /// <summary>Waits until lists and boards have followed the journal to a position.</summary>
    public async Task Shown(long position)
    {
        try
        {
            await Reader.WaitFor(position, TestContext.Current.CancellationToken).WaitAsync(Patience);
        }
        catch (TimeoutException late)
        {
            var seen = $"the reader is at {Reader.Position}, the journal at {await Journal.LastPosition(default)}";
            throw new TimeoutException($"Waited {Patience} for position {position} to be shown; {seen}.", late);
        }

        Reader.Position.ShouldBeGreaterThanOrEqualTo(position, "who waits for a position finds it shown");
    }

    public Task Save() => Reader.Save(TestContext.Current.CancellationToken);

    public async Task Stop()
    {
        await Reader.StopAsync(TestContext.Current.CancellationToken);
        await _leases.StopAsync(TestContext.Current.CancellationToken);
    }

    public async Task<string[]> SavedRows()
    {
        var rows = new List<string>();
        await foreach (var row in Journal.ReadRows(ReadModelReader.Name, TestContext.Current.CancellationToken))
        {
            rows.Add(Text(row.Key, row.Value));
        }

        return [.. rows];
    }

    public async ValueTask DisposeAsync()
    {
        Reader.Dispose();
        _leases.Dispose();
        await Journal.DisposeAsync();
    }
}
