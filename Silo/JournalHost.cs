using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Journal;
using EcosystemSilo.Silo.Hosting;
using EcosystemSilo.Silo.Membership;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EcosystemSilo.Silo;

/// <summary>How this process has its journal: a process that is alone suffers no other on it.</summary>
/// <param name="Setting">The setting that says where the journal is.</param>
internal sealed record JournalHolding(HoldKind Kind, string Setting = "Journal__ConnectionString");

/// <summary>
/// Opens the journal before anything else starts, unless somebody else has it or it is another installation's.
/// </summary>
internal sealed class JournalHost(
    IJournal journal,
    IKeySafe safe,
    ClusterOptions cluster,
    JournalHolding holding,
    EndProcess end,
    ILogger<JournalHost> logger
) : IHostedService, IAsyncDisposable
{
    private IJournalHold? hold;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        hold = await Hold(cancellationToken);
        await journal.Open(cancellationToken);
        await Installation.Check(journal, cluster, safe.Fingerprint, holding.Setting, cancellationToken);
        Log.JournalOpened(logger, await journal.LastPosition(cancellationToken));
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (hold is not null)
        {
            await hold.DisposeAsync();
        }
    }

    private async Task<IJournalHold> Hold(CancellationToken cancellation)
    {
        try
        {
            var taken = await journal.Hold(holding.Kind, cancellation);
            _ = taken.Lost.ContinueWith(
                _ => EndWithoutHold(),
                CancellationToken.None,
                TaskContinuationOptions.None,
                TaskScheduler.Default
            );
            return taken;
        }
        catch (JournalHeldException held)
        {
            throw new StartRefusedException(ExitCodes.JournalHeld, WhyRefused, held);
        }
    }

    private string WhyRefused =>
        holding.Kind == HoldKind.Alone
            ? "Cluster__Role=Single wants this journal for itself alone, and another process has it: end that process, "
                + $"set {holding.Setting} to another journal, or run both on PostgreSQL with "
                + "Cluster__Role=Silo, Gateway or Both."
            : $"Another process with Cluster__Role=Single has this journal for itself alone: end it or give it the "
                + $"role Silo, Gateway or Both, before one with Cluster__Role={cluster.Role} starts.";

    /// <summary>
    /// Going on would do no harm to what is stored; but whoever started the other process meant it to be the one.
    /// </summary>
    private void EndWithoutHold()
    {
        Log.HoldLost(logger, ExitCodes.JournalHeld, cluster.Role);
        end(ExitCodes.JournalHeld);
    }
}
