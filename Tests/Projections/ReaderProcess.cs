using System.Text;
using EcosystemSilo.Journal;
using EcosystemSilo.Journal.Memory;
using EcosystemSilo.Silo;
using EcosystemSilo.Silo.Leases;
using EcosystemSilo.Silo.Projections;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace EcosystemSilo.Tests.Projections;

/// <summary>
/// A process as far as read models go: a journal and a reader. Disposing it without stopping is a crash.
/// </summary>
internal sealed class ReaderProcess : IAsyncDisposable
{
    private readonly LeaseHolder _leases;

    private ReaderProcess(IJournal journal, LeaseHolder leases, ReadModelReader reader) =>
        (Journal, _leases, Reader) = (journal, leases, reader);

    public IJournal Journal { get; }

    public ReadModelReader Reader { get; }

    public static async Task<ReaderProcess> Start(MemoryDisk disk, MemoryFaults faults, TimeProvider clock)
    {
        var journal = new MemoryJournal(disk, clock, faults);
        await journal.Open(TestContext.Current.CancellationToken);
        var models = new ReadModels(clock);
        var leases = new LeaseHolder(journal, new SiloOptions(), clock, NullLogger<LeaseHolder>.Instance);
        var reader = new ReadModelReader(
            journal,
            models,
            leases,
            new BoardPulse(models, clock),
            new ReadModelMetrics(models),
            clock,
            NullLogger<ReadModelReader>.Instance
        );
        await leases.StartAsync(TestContext.Current.CancellationToken);
        await reader.StartAsync(TestContext.Current.CancellationToken);
        return new ReaderProcess(journal, leases, reader);
    }

    public static string Text(string key, ReadOnlyMemory<byte>? value) =>
        $"{key} = {Encoding.UTF8.GetString(value!.Value.Span)}";

    public Task Shown(long position) =>
        Reader.WaitFor(position, TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(20));

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
