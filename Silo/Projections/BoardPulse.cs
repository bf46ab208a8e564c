using System.Threading.Channels;
using Microsoft.Extensions.Hosting;

namespace EcosystemSilo.Silo.Projections;

/// <summary>
/// Shows changes to viewers at once on a quiet board, and gathered on a busy one. Everybody who watches the same thing
/// then gets the same delta, which is written once.
/// </summary>
internal sealed class BoardPulse(ReadModels models, TimeProvider time) : BackgroundService
{
    private readonly Channel<bool> touched = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }
    );

    public void Touch() => touched.Writer.TryWrite(true);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await touched.Reader.ReadAsync(stoppingToken);
                var viewers = models.Publish();
                await Task.Delay(PulseFor(viewers), time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping.
        }
    }

    private static TimeSpan PulseFor(int viewers)
    {
        var pulse = viewers * ProjectionLimits.BoardPulsePerViewer;
        return pulse < ProjectionLimits.BoardPulse ? ProjectionLimits.BoardPulse
            : pulse > ProjectionLimits.BoardPulseMax ? ProjectionLimits.BoardPulseMax
            : pulse;
    }
}
