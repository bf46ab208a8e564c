using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.People;
using EcosystemSilo.Grains.Interfaces.WearableStreams;
using EcosystemSilo.Journal;
using EcosystemSilo.Silo.Leases;
using EcosystemSilo.Silo.Reactions;
using Microsoft.Extensions.Logging;

namespace EcosystemSilo.Silo.WearableStreams;

/// <summary>
/// Keeps blocks of samples and days in figures, a fold of the journal that is too large for memory: each step reads the
/// rows that its events concern, and the changed ones are saved with the checkpoint, once a second.
/// </summary>
internal sealed class SampleProjector(
    IJournal journal,
    LeaseHolder leases,
    TimeProvider clock,
    SiloMetrics metrics,
    ILogger<SampleProjector> logger
) : LeasedReader(SampleRows.Reader, journal, leases, clock, metrics, logger)
{
    /// <summary>Changed and not saved yet; a null value is a row that is to be deleted.</summary>
    private readonly Dictionary<string, ReaderRow> _unsaved = new(StringComparer.Ordinal);

    /// <summary>What another process saved meanwhile counts, not what was left over here.</summary>
    protected override Task Begin(CancellationToken over)
    {
        _unsaved.Clear();
        return Task.CompletedTask;
    }

    /// <summary>A quiet journal must not keep the last rows from being saved.</summary>
    protected override TimeSpan? ContinuesIn() => _unsaved.Count == 0 ? null : Limits.CheckpointInterval;

    protected override async Task Follow(IReadOnlyList<RecordedEvent> events, CancellationToken over)
    {
        var people = new Dictionary<PersonKeyParts, PersonSamples>();
        foreach (var recorded in events)
        {
            var key = GrainKey.Parse(recorded.Grain);
            if (key.Kind is PersonKey.Kind or WearableStreamKey.Kind)
            {
                Of(PersonKeyParts.Of(key)).Note(key, GrainCodec.Decode(recorded));
            }
        }

        if (people.Count == 0)
        {
            return;
        }

        foreach (var row in await FindRows([.. people.Values.SelectMany(person => person.Needed())], over))
        {
            Of(SampleRows.PersonOf(row.Key)).Load(row);
        }

        foreach (var row in people.Values.SelectMany(person => person.Changes()))
        {
            _unsaved[row.Key] = row;
        }

        PersonSamples Of(PersonKeyParts person)
        {
            if (!people.TryGetValue(person, out var samples))
            {
                people.Add(person, samples = new PersonSamples(person));
            }

            return samples;
        }
    }

    protected override IReadOnlyList<ReaderRow> ChangedRows() => [.. _unsaved.Values];

    protected override void NoteSaved() => _unsaved.Clear();

    /// <summary>As they are stored, or as they are about to be.</summary>
    private async Task<IEnumerable<ReaderRow>> FindRows(IReadOnlyList<KeyRange> ranges, CancellationToken over)
    {
        var stored = await Journal.FindRows(SampleRows.Reader, ranges, over);
        if (_unsaved.Count == 0)
        {
            return stored;
        }

        var keys = new SortedSet<string>(_unsaved.Keys, StringComparer.Ordinal);
        var unsaved = ranges
            .SelectMany(range => keys.GetViewBetween(range.From, range.Before))
            .Select(key => _unsaved[key]);
        return stored.Where(row => !_unsaved.ContainsKey(row.Key)).Concat(unsaved);
    }
}
