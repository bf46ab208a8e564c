using System.Security.Cryptography;
using System.Text;
using EcosystemSilo.Journal;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Journal;

/// <summary>
/// What every store promises. A subclass says how to open a journal on the test's own store; each one opened is another
/// process as far as the store can tell.
/// </summary>
public abstract partial class JournalContract : IAsyncLifetime
{
    /// <summary>So late that no command decided then is old enough to be forgotten.</summary>
    internal static readonly DateTimeOffset Noon = new(2126, 5, 4, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan WaitMax = TimeSpan.FromSeconds(30);
    private readonly List<IJournal> opened = [];

    protected IJournal Journal { get; private set; } = null!;

    /// <summary>A journal that is not opened yet, on the store of this test.</summary>
    protected abstract IJournal NewJournal();

    /// <summary>
    /// Appends as another process that is stopped inside its transaction, after it took its positions, until
    /// <paramref name="release"/> completes. The first task completes when it is there, the second when it committed.
    /// </summary>
    protected abstract (Task Held, Task Committed) AppendHeld(Append append, Task release);

    /// <summary>Makes every commit fail or hang until the returned object is disposed.</summary>
    protected abstract Task<IAsyncDisposable> StopCommits();

    /// <summary>Pretends that a newer version of the product has migrated the store.</summary>
    protected abstract Task SetSchemaVersion(int version);

    protected virtual Task PrepareStore() => Task.CompletedTask;

    protected virtual ValueTask RemoveStore() => ValueTask.CompletedTask;

    public async ValueTask InitializeAsync()
    {
        await PrepareStore();
        Journal = await OpenAnother();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var journal in opened)
        {
            await journal.DisposeAsync();
        }
        await RemoveStore();
        GC.SuppressFinalize(this);
    }

    protected async Task<IJournal> OpenAnother()
    {
        var journal = NewJournal();
        opened.Add(journal);
        await journal.Open(Cancellation);
        return journal;
    }

    protected async Task Restart()
    {
        await Journal.DisposeAsync();
        Journal = await OpenAnother();
    }

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>An append of one event a name, under an id of its own.</summary>
    internal static Append To(string grain, long expectedVersion, params string[] events) =>
        new(
            grain,
            expectedVersion,
            [.. events.Select(name => new NewEvent(name, 1, Encoding.UTF8.GetBytes($"{{\"it\":\"{name}\"}}")))],
            Command("acme/source/s-1", Guid.NewGuid().ToString()),
            [],
            Noon,
            "correlation-1",
            "key:k_1"
        );

    internal static CommandStamp Command(string scope, string id, string body = "body") =>
        new(scope, id, SHA256.HashData(Encoding.UTF8.GetBytes(body)));

    protected Task<AppendResult> Commit(Append append) => Journal.Append(append, Cancellation);

    /// <summary>On a computer that is busy the store may not confirm in time; asked again, it knows.</summary>
    protected async Task<AppendResult> MustCommit(Append append)
    {
        try
        {
            var result = await Commit(append);
            result.Outcome.ShouldBe(AppendOutcome.Committed);
            return result;
        }
        catch (JournalUnavailableException)
        {
            var result = await Commit(append);
            result.Outcome.ShouldBeOneOf(AppendOutcome.Committed, AppendOutcome.Repeated);
            var happened = await Journal.ReadGrain(
                append.Grain,
                append.ExpectedVersion,
                append.Events.Count,
                Cancellation
            );
            return result with { Outcome = AppendOutcome.Committed, Position = happened[^1].Position };
        }
    }

    /// <summary>All events. What this journal remembers of its own commits must be what the store has.</summary>
    protected async Task<List<RecordedEvent>> Everything()
    {
        var remembered = await Everything(Journal);
        var stored = await Everything(await OpenAnother());
        remembered.Select(Told).ShouldBe(stored.Select(Told));
        return stored;

        static object Told(RecordedEvent one) =>
            one with
            {
                Payload = default,
                Name = $"{one.Name} {Encoding.UTF8.GetString(one.Payload.Span)}",
            };
    }

    private static async Task<List<RecordedEvent>> Everything(IJournal journal)
    {
        var all = new List<RecordedEvent>();
        while (await journal.ReadAll(all.Count, 1_000, Cancellation) is { Count: > 0 } page)
        {
            all.AddRange(page);
        }
        return all;
    }

    protected static async Task<T> Within<T>(Task<T> task, string awaited)
    {
        await Within((Task)task, awaited);
        return await task;
    }

    protected static async Task Within(Task task, string awaited)
    {
        try
        {
            await task.WaitAsync(WaitMax, Cancellation);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"Waited {WaitMax.TotalSeconds} s for {awaited}.");
        }
    }
}
