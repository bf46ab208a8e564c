using System.Data.Common;
using EcosystemSilo.Journal;
using Microsoft.Extensions.Logging;
using Orleans.Streams;

namespace EcosystemSilo.Silo.EventHubs;

internal sealed class HubCheckpointerFactory(
    HubCheckpoints checkpoints,
    TimeProvider clock,
    ILogger<HubCheckpointer> logger
) : IStreamQueueCheckpointerFactory
{
    public Task<IStreamQueueCheckpointer<string>> Create(string partition) =>
        Task.FromResult<IStreamQueueCheckpointer<string>>(new HubCheckpointer(partition, checkpoints, clock, logger));
}

/// <summary>
/// Saves how far a partition is in the journal. Orleans says so too, when it hands a partition on and when it clears
/// its cache, and means how far it has delivered; that is never what is saved. Only what the journal has moves the
/// place.
/// </summary>
internal sealed class HubCheckpointer(
    string partition,
    HubCheckpoints checkpoints,
    TimeProvider clock,
    ILogger<HubCheckpointer> logger
) : IStreamQueueCheckpointer<string>
{
    /// <summary>How Orleans' receiver says that there is no place yet.</summary>
    public const string Start = "-1";

    private readonly Lock _lock = new();
    private HubPosition? _inJournal;
    private Task _saving = Task.CompletedTask;

    public bool CheckpointExists => Saved is not null;

    /// <summary>Up to where the next reader need not read again.</summary>
    public HubPosition? Saved { get; private set; }

    public async Task<string> Load(CancellationToken cancellationToken)
    {
        Saved = await checkpoints.Find(partition, cancellationToken);
        HubLog.PartitionTaken(logger, partition, Saved is { } saved ? $"after message {saved.Sequence}" : "its start");
        return Saved?.Offset ?? Start;
    }

    public Task<string> Load() => Load(CancellationToken.None);

    /// <summary>Orleans' word for how far it is: no more than an occasion to save how far the journal is.</summary>
    public void Update(string offset, DateTime utcNow) => SaveSoon();

    /// <summary>Everything up to this place is in the journal.</summary>
    public void Advance(HubPosition inJournal)
    {
        lock (_lock)
        {
            if (_inJournal is null || _inJournal.Sequence < inJournal.Sequence)
            {
                _inJournal = inJournal;
            }
        }

        SaveSoon();
    }

    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(HubLimits.LastSaveMax);
        await Save(patience.Token);
    }

    private void SaveSoon()
    {
        lock (_lock)
        {
            if (_saving.IsCompleted && IsBehind)
            {
                _saving = Scheduling.Loop(SaveUntilEven);
            }
        }
    }

    private bool IsBehind => _inJournal is { } reached && reached.Sequence > (Saved?.Sequence ?? -1);

    private async Task SaveUntilEven()
    {
        do
        {
            await Task.Delay(HubLimits.SaveEvery, clock);
            await Save(CancellationToken.None);
        } while (IsBehind);
    }

    private async Task Save(CancellationToken cancellation)
    {
        if (!IsBehind || _inJournal is not { } reached)
        {
            return;
        }

        try
        {
            await checkpoints.Save(partition, reached, cancellation);
            Saved = reached;
        }
        catch (Exception away) when (away is DbException or TimeoutException or OperationCanceledException)
        {
            HubLog.PlaceNotSaved(logger, partition, away);
        }
    }
}
