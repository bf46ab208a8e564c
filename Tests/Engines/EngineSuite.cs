using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Deals;
using EcosystemSilo.Grains.Interfaces.Sources;
using EcosystemSilo.Journal;
using EcosystemSilo.Silo.Activations;
using EcosystemSilo.Silo.Calls;
using EcosystemSilo.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace EcosystemSilo.Tests.Engines;

/// <summary>
/// Cases that hold however many silos there are. Calls come through the engine's processes in turn; grains, command ids
/// and what is watched belong to one test alone.
/// </summary>
public abstract class EngineSuite(RunningEngine engine) : IDisposable
{
    private int _turn;
    private int _ids;

    /// <summary>Part of every key and id of the test.</summary>
    protected string Name { get; } = $"t{Guid.NewGuid():n}"[..13];

    /// <summary>A source: the kind that nothing reacts to.</summary>
    protected GrainKey Key => SourceKey.Of(TestSilo.Acme, new SourceId(Name));

    protected GrainKey Deal => DealKey.Of(TestSilo.Acme, new DealId(Name));

    protected RegisterDeal Registration =>
        new(new PartnerId(Name), new Customer("St Mary", $"{Name}.org"), new ProductId("enterprise"));

    private protected RunningEngine Engine => engine;

    protected TestSilo Outsider => engine.Outsider;

    /// <summary>The process whose turn it is to be asked.</summary>
    protected TestSilo Caller =>
        engine.Callers[(int)((uint)Interlocked.Increment(ref _turn) % (uint)engine.Callers.Count)];

    protected Func<Append, Task>? BeforeAppend
    {
        set => engine.Watch(journal => journal.BeforeAppend = append => Mine(append.Grain, value, append));
    }

    protected Func<Append, AppendResult, Task>? AfterAppend
    {
        set =>
            engine.Watch(journal =>
                journal.AfterAppend = (append, result) =>
                    IsMine(append.Grain) ? value?.Invoke(append, result) ?? Task.CompletedTask : Task.CompletedTask
            );
    }

    protected Func<string, Task>? BeforeLoad
    {
        set => engine.Watch(journal => journal.BeforeLoad = grain => Mine(grain, value, grain));
    }

    protected Func<string, Task>? AfterLoad
    {
        set => engine.Watch(journal => journal.AfterLoad = grain => Mine(grain, value, grain));
    }

    protected Func<string, Task>? BeforeReadGrain
    {
        set => engine.Watch(journal => journal.BeforeReadGrain = grain => Mine(grain, value, grain));
    }

    protected Func<string, Task>? BeforeFindCommand
    {
        set => engine.Watch(journal => journal.BeforeFindCommand = id => Mine(id, value, id));
    }

    public void Dispose()
    {
        BeforeAppend = null;
        AfterAppend = null;
        BeforeLoad = null;
        AfterLoad = null;
        BeforeReadGrain = null;
        BeforeFindCommand = null;
        engine.Freshness.IsFresh = true;
        engine.Calls.Find();
        GC.SuppressFinalize(this);
    }

    /// <summary>A command id of this test.</summary>
    protected string Id(string id) => $"{Name}-{id}";

    protected Task<Reply> Ask(
        GrainKey key,
        ICommand command,
        string? id = null,
        string scope = "acme/test",
        long? expectedVersion = null
    ) => Caller.Ask(key, command, Id(id ?? $"{Interlocked.Increment(ref _ids)}"), scope, expectedVersion);

    protected Task<long> Accept(GrainKey key, ICommand command, string? id = null) =>
        Caller.Accept(key, command, Id(id ?? $"{Interlocked.Increment(ref _ids)}"));

    protected Task<Versioned<TView>> Read<TView>(GrainKey key, ReadAt at = default)
        where TView : class, IView => Caller.Read<TView>(key, at);

    protected Task<TView> Until<TView>(GrainKey key, Func<TView, bool> condition, string awaited)
        where TView : class, IView => Caller.Until(key, condition, awaited);

    protected Task<IReadOnlyList<RecordedEvent>> Events(GrainKey key) => Outsider.Events(key);

    /// <summary>One call as it goes through Orleans, without what <see cref="IGrains"/> makes of the answer.</summary>
    private protected Task<Envelope> Call(ICommand command, string id)
    {
        var grains = Caller.Services.GetRequiredService<IGrainFactory>();
        var grain = (IGrainCalls)grains.GetGrain(GrainAddresses.Of(Key), GrainInterfaceType.Create(IGrainCalls.Name));
        return grain.Ask(
            new Envelope(command) { Target = Key, Ask = new Ask("acme/test", Id(id), "test", "correlation") }
        );
    }

    /// <summary>Counts how often the test's grains are loaded from here on.</summary>
    private protected LoadCount CountLoads()
    {
        var count = new LoadCount();
        BeforeLoad = count.Note;
        return count;
    }

    private protected Task Came(int times) =>
        Awaited.Until(() => Task.FromResult(engine.Calls.Count == times), $"the command to come {times} times");

    private Task Mine<T>(string name, Func<T, Task>? watch, T what) =>
        watch is not null && IsMine(name) ? watch(what) : Task.CompletedTask;

    private bool IsMine(string name) => name.Contains(Name, StringComparison.Ordinal);

    private protected sealed class LoadCount
    {
        private int _loads;

        public int Loads => Volatile.Read(ref _loads);

        public Task Note(string grain)
        {
            Interlocked.Increment(ref _loads);
            return Task.CompletedTask;
        }
    }
}
