using EcosystemSilo.Journal;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EcosystemSilo.Silo;

/// <summary>Opens the journal before anything else starts.</summary>
internal sealed class JournalHost(IJournal journal, ILogger<JournalHost> logger) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await journal.Open(cancellationToken);
        Log.JournalOpened(logger, await journal.LastPosition(cancellationToken));
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
