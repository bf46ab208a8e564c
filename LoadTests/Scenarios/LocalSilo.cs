using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Journal;
using EcosystemSilo.Silo;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace EcosystemSilo.LoadTests.Scenarios;

/// <summary>
/// A silo's engine in this process, on a journal that a gateway has made. Only grains: nothing follows the journal.
/// </summary>
internal sealed class LocalSilo : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private LocalSilo(ServiceProvider services) => _services = services;

    public IGrains Grains => _services.GetRequiredService<IGrains>();

    public IJournal Journal => _services.GetRequiredService<IJournal>();

    public static async Task<LocalSilo> Open(string postgres)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(
                new Dictionary<string, string?>(StringComparer.Ordinal)
                {
                    ["Journal:Provider"] = "PostgreSql",
                    ["Journal:ConnectionString"] = postgres,
                }
            )
            .Build();
        var services = new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System).AddSilo(configuration);
        var silo = new LocalSilo(services.BuildServiceProvider());
        await silo.Journal.Open(CancellationToken.None);
        return silo;
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
