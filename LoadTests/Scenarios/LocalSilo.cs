using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Journal;
using EcosystemSilo.LoadTests.Processes;
using EcosystemSilo.Silo;
using EcosystemSilo.Silo.Activations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace EcosystemSilo.LoadTests.Scenarios;

/// <summary>
/// Grains in this process, on a journal that a gateway has made. Nothing follows the journal.
/// </summary>
internal sealed class LocalSilo : IAsyncDisposable
{
    private const string Sender = "source:past";

    private readonly IHost _host;
    private readonly IReadOnlyList<IHostedService> _engine;

    private LocalSilo(IHost host, IGrains grains, IReadOnlyList<IHostedService> engine) =>
        (_host, Grains, _engine) = (host, grains, engine);

    public IGrains Grains { get; }

    public IJournal Journal => _host.Services.GetRequiredService<IJournal>();

    /// <summary>Without Orleans, as pasts are written.</summary>
    /// <param name="stopped">A gateway that does not run now: embedded journals are one process's at a time.</param>
    public static async Task<LocalSilo> Open(GatewayProcess stopped)
    {
        var host = await Build(stopped);
        return new LocalSilo(host, new CoreRunner(host.Services.GetRequiredService<CoreHost>()), []);
    }

    /// <summary>With Orleans, as the product runs grains.</summary>
    /// <inheritdoc cref="Open"/>
    public static async Task<LocalSilo> Start(GatewayProcess stopped)
    {
        var host = await Build(stopped);
        var engine = host.Services.GetServices<IHostedService>().Where(IsOfOrleans).ToList();
        foreach (var service in engine)
        {
            await service.StartAsync(CancellationToken.None);
        }

        return new LocalSilo(host, host.Services.GetRequiredService<IGrains>(), engine);
    }

    /// <summary>
    /// Has so many commands handled, many at once. What is stored is what the product stores, because it does it.
    /// </summary>
    /// <param name="name">Ids of commands are made of it and their numbers.</param>
    /// <param name="command">The grain and the command of number n.</param>
    /// <param name="handled">Told the number after each command is durable.</param>
    public async Task AskAll(
        string name,
        int count,
        Func<int, (GrainKey Grain, ICommand Command)> command,
        Func<int, Task> handled
    ) =>
        await Parallel.ForAsync(
            0,
            count,
            new ParallelOptions { MaxDegreeOfParallelism = LoadLimits.CommandsAtOnce },
            async (number, cancellation) =>
            {
                var (grain, asked) = command(number);
                var id = $"{name}-{number}";
                if (await Ask(grain, asked, new Ask(Sender, id, Sender, id), cancellation) is Refused refused)
                {
                    throw new InvalidOperationException($"{grain} refused number {number}: {refused.Refusal}");
                }

                await handled(number);
            }
        );

    /// <summary>Again with the same id, as every caller should, while the journal is too busy to answer.</summary>
    private async Task<Reply> Ask(GrainKey grain, ICommand command, Ask ask, CancellationToken cancellation)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await Grains.Ask(grain, command, ask, cancellation);
            }
            catch (GrainUnavailableException) when (tries < LoadLimits.TriesMax)
            {
                await Task.Delay(LoadLimits.RetryPause, TimeProvider.System, cancellation);
            }
        }
    }

    public async Task<Versioned<TView>> Read<TView>(GrainKey key)
        where TView : class, IView =>
        await Grains.Read<TView>(key, ReadAt.Newest, CancellationToken.None)
        ?? throw new InvalidOperationException($"{key} is not in the journal.");

    public async ValueTask DisposeAsync()
    {
        foreach (var service in _engine)
        {
            await service.StopAsync(CancellationToken.None);
        }

        await ((IAsyncDisposable)_host).DisposeAsync();
    }

    private static async Task<IHost> Build(GatewayProcess stopped)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(
            new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["Journal:Provider"] = stopped.Provider,
                ["Journal:ConnectionString"] = stopped.ConnectionString,
            }
        );
        builder.Services.AddLogging().AddSingleton(TimeProvider.System).AddSingleton<IKeySafe, NoSafe>();
        builder.Services.AddSilo(builder.Configuration);
        var host = builder.Build();
        await host.Services.GetRequiredService<IJournal>().Open(CancellationToken.None);
        return host;
    }

    private static bool IsOfOrleans(IHostedService service) =>
        service.GetType().Namespace!.StartsWith(nameof(Orleans), StringComparison.Ordinal);

    /// <summary>No load has people in it.</summary>
    private sealed class NoSafe : IKeySafe
    {
        public ReadOnlyMemory<byte> Fingerprint => throw new NotSupportedException();

        public byte[] Seal(ReadOnlySpan<byte> key, string subject) => throw new NotSupportedException(subject);

        public byte[] Open(ReadOnlySpan<byte> sealedKey, string subject) => throw new NotSupportedException(subject);

        public byte[] Derive(string purpose, int byteCount) => throw new NotSupportedException(purpose);
    }
}
