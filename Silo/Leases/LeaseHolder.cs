using EcosystemSilo.Journal;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EcosystemSilo.Silo.Leases;

/// <summary>
/// Takes the leases that this process wants whenever they are free, and keeps those it has. When it stops in order
/// others get them at once; when it dies or hangs, within <see cref="SiloOptions.LeaseTime"/>.
/// </summary>
internal sealed class LeaseHolder(
    IJournal journal,
    SiloOptions options,
    TimeProvider clock,
    ILogger<LeaseHolder> logger
) : BackgroundService
{
    private readonly string _holder = $"{Environment.MachineName}/{Environment.ProcessId}/{Guid.NewGuid():n}";
    private readonly SortedDictionary<string, Lease> _wanted = new(StringComparer.Ordinal);

    /// <summary>What this process holds its leases as.</summary>
    public string Name => _holder;

    /// <summary>The leases that this process takes when they are free.</summary>
    public IReadOnlyCollection<Lease> Wanted => _wanted.Values;

    /// <summary>The lease of this name. Ask for it before the host starts.</summary>
    public Lease Of(string name)
    {
        if (!_wanted.TryGetValue(name, out var lease))
        {
            _wanted.Add(name, lease = new Lease(name, clock));
        }

        return lease;
    }

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        // So that a process that is alone has its leases before anything needs them.
        await TakeOrKeep(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        foreach (var lease in _wanted.Values)
        {
            lease.End();
        }

        try
        {
            await journal.ReleaseLeases(_holder, cancellationToken);
        }
        catch (JournalUnavailableException fault)
        {
            // They end by themselves.
            Log.LeasesUnknown(logger, fault);
        }
    }

    public override void Dispose()
    {
        foreach (var lease in _wanted.Values)
        {
            lease.Dispose();
        }

        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var pause = options.LeaseTime / (_wanted.Values.All(lease => lease.IsHeld) ? 3 : 6);
            await Task.Delay(pause, clock, stoppingToken).ConfigureAwait(Scheduling.Quietly);
            await TakeOrKeep(stoppingToken);
        }
    }

    private async Task TakeOrKeep(CancellationToken cancellation)
    {
        var since = clock.GetTimestamp();
        try
        {
            var held = await journal.HoldLeases(_holder, [.. _wanted.Keys], options.LeaseTime, cancellation);
            foreach (var lease in _wanted.Values)
            {
                Settle(lease, held.Contains(lease.Name), since);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Stopping: what is held is released next.
        }
        catch (JournalUnavailableException fault)
        {
            // What is held ends by itself unless the journal answers in time.
            Log.LeasesUnknown(logger, fault);
        }
    }

    private void Settle(Lease lease, bool isHeld, long since)
    {
        var wasHeld = lease.IsHeld;
        if (isHeld)
        {
            lease.Hold(since, options.LeaseTime);
        }
        else
        {
            lease.End();
        }

        if (wasHeld != isHeld)
        {
            Log.LeaseChanged(logger, isHeld ? "holds" : "lost", lease.Name);
        }
    }
}
