using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Journal;
using EcosystemSilo.Silo;
using EcosystemSilo.Silo.Membership;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace EcosystemSilo.Tests.Support;

/// <summary>
/// A whole silo in the test's process: journal, engine, reactions and deadlines, both blueprints published.
/// </summary>
public sealed class TestSilo : IAsyncDisposable
{
    public static readonly EcosystemId Acme = new("acme");
    private const int TriesMax = 5;
    private static readonly TimeSpan UntilPatience = TimeSpan.FromSeconds(20);
    private readonly IHost? _host;

    /// <summary>Tells the ids of one silo's commands from those of another on the same journal.</summary>
    private readonly string _name = Guid.NewGuid().ToString("n");
    private int _asked;

    private TestSilo(IServiceProvider services, IHost? host = null) => (Services, _host) = (services, host);

    public IGrains Grains => Services.GetRequiredService<IGrains>();

    public IJournal Journal => Services.GetRequiredService<IJournal>();

    public IServiceProvider Services { get; }

    /// <summary>A process that somebody else starts and stops.</summary>
    public static TestSilo In(IServiceProvider services) => new(services);

    /// <param name="journal">Instead of a SQLite file; the silo disposes it.</param>
    /// <param name="interval">How often deadlines are looked for; long steps of a manual clock want it longer.</param>
    /// <param name="change">Replaces services after all others were added.</param>
    public static async Task<TestSilo> Start(
        string? sqliteFile = null,
        TimeProvider? clock = null,
        IJournal? journal = null,
        TimeSpan? interval = null,
        Action<IServiceCollection>? change = null
    )
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        Prepare(builder, sqliteFile, clock, interval);
        builder.Services.AddSilo(builder.Configuration);
        if (journal is not null)
        {
            // By a factory, because the container disposes only what it created.
            builder.Services.AddSingleton(_ => journal);
            // It may have been made for several silos.
            builder.Services.AddSingleton(new JournalHolding(HoldKind.Shared));
        }

        change?.Invoke(builder.Services);
        var host = builder.Build();
        await host.StartAsync();
        return new TestSilo(host.Services, host);
    }

    /// <summary>The settings of a process under test, and what it finds around it.</summary>
    internal static void Prepare(
        IHostApplicationBuilder builder,
        string? sqliteFile = null,
        TimeProvider? clock = null,
        TimeSpan? interval = null
    )
    {
        sqliteFile ??= Path.Combine(Directory.CreateTempSubdirectory("silo").FullName, "journal.db");
        builder.Configuration.AddInMemoryCollection(
            new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["Journal:Provider"] = "Sqlite",
                ["Journal:ConnectionString"] = $"Data Source={sqliteFile}",
                ["Silo:DeadlineInterval"] = (interval ?? TimeSpan.FromMilliseconds(50)).ToString(),
            }
        );
        builder.Services.AddLogging();
        builder.Services.AddSingleton(clock ?? TimeProvider.System);
        builder.Services.AddSingleton<IKeySafe, OpenSafe>();
        builder.Services.AddSingleton(
            new EndProcess(code => throw new InvalidOperationException($"The silo ended with {code}."))
        );
    }

    /// <summary>Asks under an id of its own, or the one given.</summary>
    public Task<Reply> Ask(
        GrainKey key,
        ICommand command,
        string? id = null,
        string scope = "acme/test",
        long? expectedVersion = null
    ) =>
        Grains.Ask(
            key,
            command,
            new Ask(scope, id ?? NewId(), "test", "correlation", ExpectedVersion: expectedVersion),
            TestContext.Current.CancellationToken
        );

    /// <summary>
    /// Asks and expects to be accepted, again while the journal is too busy, as callers do; returns the version that
    /// the command led to.
    /// </summary>
    public async Task<long> Accept(GrainKey key, ICommand command, string? id = null)
    {
        id ??= NewId();
        for (var tries = 1; ; tries++)
        {
            try
            {
                var reply = await Ask(key, command, id);
                return reply is Accepted accepted
                    ? accepted.Version
                    : throw new InvalidOperationException($"{command} was not accepted by {key}: {reply}");
            }
            catch (GrainUnavailableException) when (tries < TriesMax) { }
        }
    }

    /// <summary>The committed view, which must exist.</summary>
    public async Task<Versioned<TView>> Read<TView>(GrainKey key, ReadAt at = default)
        where TView : class, IView =>
        await Grains.Read<TView>(key, at, TestContext.Current.CancellationToken)
        ?? throw new InvalidOperationException($"{key} has no events.");

    /// <summary>All that is stored of one grain.</summary>
    public Task<IReadOnlyList<RecordedEvent>> Events(GrainKey key) =>
        Journal.ReadGrain(key.ToString(), afterVersion: 0, int.MaxValue, TestContext.Current.CancellationToken);

    /// <summary>Reads until the view satisfies the condition; fails with what was last seen.</summary>
    public async Task<TView> Until<TView>(GrainKey key, Func<TView, bool> condition, string awaited)
        where TView : class, IView
    {
        // By the computer's clock, whatever clock the silo has: a manual one may stand still.
        using var patience = new CancellationTokenSource(UntilPatience, TimeProvider.System);
        Versioned<TView>? seen = null;
        try
        {
            while (true)
            {
                var next = new ReadAt(AtLeast: (seen?.Version ?? 0) + 1, Patience: TimeSpan.FromSeconds(1));
                var read = await Grains.Read<TView>(key, seen is null ? ReadAt.Newest : next, patience.Token);
                if (read is not null && condition(read.View))
                {
                    return read.View;
                }

                seen = read ?? new Versioned<TView>(0, null!);
            }
        }
        catch (OperationCanceledException over) when (patience.IsCancellationRequested)
        {
            var last = seen?.View as object ?? "nothing";
            throw new TimeoutException($"Waited for {awaited} at {key}; last seen: {last}.", over);
        }
    }

    private string NewId() => $"{_name}-{Interlocked.Increment(ref _asked)}";

    public async ValueTask DisposeAsync()
    {
        if (_host is null)
        {
            return;
        }

        await _host.StopAsync();
        if (_host is IAsyncDisposable disposable)
        {
            await disposable.DisposeAsync();
        }
    }
}
