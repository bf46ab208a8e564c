using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Blueprints;
using EcosystemSilo.Grains.Interfaces.People;
using EcosystemSilo.Journal;
using EcosystemSilo.Silo.Activations;
using EcosystemSilo.Silo.Blueprints;
using EcosystemSilo.Silo.Personal;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EcosystemSilo.Silo.Publications;

/// <summary>
/// Tells a process what it must know whoever committed it, and wherever: a blueprint that was published, a person who
/// was erased, a key that was revoked. Every process that decides, rehearses, checks or holds people's keys follows the
/// journal for these, from where it stood when the process began; what came before is read from the journal when it is
/// needed.
/// </summary>
internal sealed class PublicationReader(
    IJournal journal,
    BlueprintBook blueprints,
    SubjectKeys keys,
    KnownViews views,
    WaitClock waits,
    SiloMetrics metrics,
    ILogger<PublicationReader> logger
) : BackgroundService
{
    private static readonly string Published = Wire.Of(typeof(BlueprintPublished)).Name;
    private static readonly string Erased = Wire.Of(typeof(PersonErased)).Name;

    private readonly TaskCompletionSource _begun = new(Scheduling.Asynchronously);
    private long? _position;

    /// <summary>What starts after this may rely on hearing of whatever is published from now on.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await base.StartAsync(cancellationToken);
        await _begun.Task.WaitAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                _position ??= await journal.LastPosition(stoppingToken);
                _begun.TrySetResult();
                await Wait(_position.Value, stoppingToken);
                Hear(await journal.ReadAll(_position.Value, Limits.EventsPerRead, stoppingToken));
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { }
            catch (JournalUnavailableException fault)
            {
                metrics.JournalAway();
                Log.ReaderWaits(logger, "publications", _position ?? 0, fault);
                await Task.Delay(Limits.RetryDelay, waits.Provider, stoppingToken).ConfigureAwait(Scheduling.Quietly);
            }
        }
    }

    private async Task Wait(long position, CancellationToken stopping)
    {
        using var pause = new CancellationTokenSource(waits.LookInterval, waits.Provider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, pause.Token);
        try
        {
            await journal.WaitForEvents(position, either.Token);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            // Nothing has come; it is time to see whether the journal is still there.
        }
    }

    private void Hear(IReadOnlyList<RecordedEvent> events)
    {
        foreach (var recorded in events)
        {
            if (!GrainCodec.Knows(recorded))
            {
                throw new UnknownEventException(recorded);
            }

            var key = GrainKey.Parse(recorded.Grain);
            if (recorded.Name == Published)
            {
                blueprints.Note(key.Ecosystem, recorded);
            }
            else if (recorded.Name == Erased)
            {
                keys.Drop(Subjects.Of(key)!);
            }
            else if (KnownViews.Has(key.Kind))
            {
                views.Hear(key, recorded);
            }

            _position = recorded.Position;
        }

        metrics.JournalAnswered(_position!.Value);

        if (events.Count < Limits.EventsPerRead)
        {
            views.Looked();
        }
    }
}
