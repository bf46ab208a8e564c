using EcosystemSilo.Gateway.Ecosystems;
using EcosystemSilo.Senders.Intake;

namespace EcosystemSilo.Gateway.Webhooks;

/// <summary>How long events that did not become a command can be read.</summary>
public sealed class KeptEventsOptions
{
    public const string Section = "Webhooks";

    /// <summary>Whole months besides the present one: time to mend a mapping, and no archive.</summary>
    public int KeepMonths { get; set; } = 3;
}

/// <summary>
/// Destroys the keys of months that are over. Every process does so by itself, since each may have them in memory.
/// </summary>
internal sealed partial class KeptEventsEnd(
    KeptEvents events,
    IEcosystems ecosystems,
    KeptEventsOptions options,
    TimeProvider clock,
    ILogger<KeptEventsEnd> logger
) : BackgroundService
{
    /// <summary>A service that stood still for a year still ends what is too old.</summary>
    private const int MonthsLookedBack = 12;

    private static readonly TimeSpan Interval = TimeSpan.FromHours(6);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        do
        {
            try
            {
                await EndThoseTooOld(stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                WaitsForNext(logger, fault);
            }
        } while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task EndThoseTooOld(CancellationToken over)
    {
        var now = clock.GetUtcNow();
        var month = new DateTimeOffset(now.Year, now.Month, 1, 0, 0, 0, TimeSpan.Zero);
        foreach (var ecosystem in ecosystems.All)
        {
            for (var back = 1; back <= MonthsLookedBack; back++)
            {
                await events.Forget(ecosystem, month.AddMonths(-options.KeepMonths - back), over);
            }
        }
    }

    [LoggerMessage(3500, LogLevel.Warning, "Old events of webhooks could not be ended; it is tried again later")]
    private static partial void WaitsForNext(ILogger logger, Exception fault);
}
