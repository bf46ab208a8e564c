using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Outcomes;
using EcosystemSilo.Grains.Interfaces.People;
using EcosystemSilo.Grains.Interfaces.WearableStreams;
using EcosystemSilo.Grains.WearableStreams;
using EcosystemSilo.Journal;
using EcosystemSilo.Silo.Projections;

namespace EcosystemSilo.Silo.WearableStreams;

/// <summary>
/// What a few events change of one person's samples. First it says which rows it needs, then it is given them, then it
/// says which rows are new. Every step follows from the set of samples alone: a record is known by its id or its time,
/// and the higher version holds.
/// </summary>
internal sealed class PersonSamples(PersonKeyParts person)
{
    /// <summary>
    /// How far a correction may move a record that has an id. One that moves farther is another record.
    /// </summary>
    private const int DaysMovedMax = 2;

    /// <summary>Records remembered as taken back, for those that arrive later: far more than there are.</summary>
    private const int GoneKept = 10_000;

    private readonly Dictionary<BlockId, List<Sample>> _arrived = [];
    private readonly Dictionary<SourceId, Dictionary<string, long>> _gone = [];
    private readonly List<IEvent> _orders = [];
    private readonly Dictionary<BlockId, Sample[]> _blocks = [];
    private readonly HashSet<BlockId> _changed = [];
    private readonly HashSet<SourceId> _changedGone = [];
    private readonly PersonWeeks _weeks = new(person);
    private readonly HashSet<string> _keys = new(StringComparer.Ordinal);
    private SourceOrder _order = SourceOrder.None;
    private bool _isErased;

    public void Note(GrainKey grain, IEvent happened)
    {
        switch (happened)
        {
            case SamplesStored stored:
                var source = WearableStreamKey.Parts(grain).Source;
                foreach (var block in stored.Blocks)
                {
                    Arrive(source, block);
                }

                foreach (var gone in stored.Deleted)
                {
                    var versions = Gone(source);
                    versions[gone.Id] = Math.Max(gone.Version, versions.GetValueOrDefault(gone.Id));
                    _changedGone.Add(source);
                }

                break;
            case StreamPermissionChanged or SourcesPreferred:
                _orders.Add(happened);
                break;
            case PersonErased:
                _isErased = true;
                break;
        }
    }

    /// <summary>The rows that are needed to go on.</summary>
    public IEnumerable<KeyRange> Needed()
    {
        if (_isErased)
        {
            return SampleRows.Everything(person);
        }

        var rows = new List<KeyRange> { KeyRange.Of(SampleRows.Person(person)) };
        rows.AddRange(
            _arrived
                .Where(block => block.Value.Exists(sample => sample.Id is not null))
                .Select(block => block.Key.Source)
                .Concat(_changedGone)
                .Distinct()
                .Select(source => KeyRange.Of(SampleRows.Gone(person, source)))
        );
        if (_orders.Count > 0 || _changedGone.Count > 0)
        {
            // Rare, and it may concern every day that there is.
            rows.Add(SampleRows.AllBlocks(person));
            rows.Add(SampleRows.AllWeeks(person));
            return rows;
        }

        var days = _arrived
            .GroupBy(block => (block.Key.Measure, block.Key.Day))
            .Select(day =>
                (day.Key.Measure, From: day.Key.Day.AddDays(-Around(day)), To: day.Key.Day.AddDays(Around(day)))
            )
            .ToList();
        rows.AddRange(days.Select(day => SampleRows.Range('b', person, day.Measure, day.From, day.To)));
        rows.AddRange(
            days.SelectMany(day => new[] { day.From, day.To })
                .Select(OutcomePeriod.MondayOnOrBefore)
                .Distinct()
                .Select(monday => KeyRange.Of(SampleRows.Week(person, monday)))
        );
        return rows;

        static int Around(IEnumerable<KeyValuePair<BlockId, List<Sample>>> day) =>
            day.Any(block => block.Value.Exists(sample => sample.Id is not null)) ? DaysMovedMax : 0;
    }

    public void Load(ReaderRow row)
    {
        _keys.Add(row.Key);
        if (row.Value is not { } value)
        {
            return;
        }

        if (SampleRows.BlockOf(row.Key) is { } block)
        {
            // Ranges overlap, so that a row may come twice.
            _blocks.TryAdd(block, SampleCodec.Read(value.Span));
        }
        else if (row.Key.StartsWith("w/", StringComparison.Ordinal))
        {
            _weeks.Load(SampleRows.WeekOf(row.Key), PersonWeekCodec.Read(value.Span));
        }
        else if (row.Key.StartsWith("p/", StringComparison.Ordinal))
        {
            _order = RowJson.Read<SourceOrder>(value);
        }
        else if (row.Key.StartsWith("g/", StringComparison.Ordinal))
        {
            var versions = Gone(new SourceId(row.Key.Split('/')[3]));
            foreach (var (id, version) in RowJson.Read<GoneRecords>(value).Versions)
            {
                versions[id] = Math.Max(version, versions.GetValueOrDefault(id));
            }
        }
    }

    /// <summary>The rows that have changed, from what there was and what has happened.</summary>
    public IEnumerable<ReaderRow> Changes()
    {
        if (_isErased)
        {
            return _keys.Select(key => new ReaderRow(key, Value: null));
        }

        DropGone();
        foreach (var (block, samples) in _arrived)
        {
            Take(block, samples);
        }

        return [.. OrderRows(), .. GoneRows(), .. BlockRows(), .. DayRows(), .. _weeks.Rows()];
    }

    private void Arrive(SourceId source, SampleBlock block)
    {
        foreach (var sample in SampleCodec.Read(block.Data))
        {
            var id = new BlockId(person, block.Measure, sample.Day(block.Measure), source);
            if (!_arrived.TryGetValue(id, out var samples))
            {
                _arrived.Add(id, samples = []);
            }

            samples.Add(sample);
        }
    }

    private Dictionary<string, long> Gone(SourceId source)
    {
        if (!_gone.TryGetValue(source, out var versions))
        {
            _gone.Add(source, versions = new Dictionary<string, long>(StringComparer.Ordinal));
        }

        return versions;
    }

    private bool IsGone(SourceId source, Sample sample) =>
        sample.Id is { } id
        && _gone.TryGetValue(source, out var versions)
        && versions.TryGetValue(id, out var version)
        && version >= sample.Version;

    private void DropGone()
    {
        foreach (var (block, samples) in _blocks.ToList())
        {
            if (Array.Exists(samples, sample => IsGone(block.Source, sample)))
            {
                Replace(block, [.. samples.Where(sample => !IsGone(block.Source, sample))]);
            }
        }
    }

    private void Take(BlockId block, List<Sample> arrived)
    {
        var taken = arrived.Where(sample => !IsGone(block.Source, sample) && Moves(block, sample)).ToList();
        if (taken.Count > 0)
        {
            Replace(block, Samples.Merge(_blocks.GetValueOrDefault(block) ?? [], taken));
        }
    }

    /// <summary>
    /// Takes a record off the day on which it stood before. False when what stands there holds against it.
    /// </summary>
    private bool Moves(BlockId block, Sample sample)
    {
        if (sample.Id is null)
        {
            return true;
        }

        for (var days = -DaysMovedMax; days <= DaysMovedMax; days++)
        {
            var other = block with { Day = block.Day.AddDays(days) };
            if (days == 0 || !_blocks.TryGetValue(other, out var there))
            {
                continue;
            }

            var at = Array.FindIndex(there, known => known.Id == sample.Id);
            if (at >= 0 && !sample.Beats(there[at]))
            {
                return false;
            }

            if (at >= 0)
            {
                Replace(other, [.. there.Where((_, place) => place != at)]);
            }
        }

        return true;
    }

    private void Replace(BlockId block, Sample[] samples)
    {
        _blocks[block] = samples;
        _changed.Add(block);
    }

    private IEnumerable<ReaderRow> OrderRows()
    {
        _order = _orders.Aggregate(_order, (order, happened) => order.With(happened));
        return _orders.Count > 0 ? [new ReaderRow(SampleRows.Person(person), SampleRows.Write(_order))] : [];
    }

    private IEnumerable<ReaderRow> GoneRows() =>
        _gone
            .Where(source => _changedGone.Contains(source.Key))
            .Select(source => new ReaderRow(
                SampleRows.Gone(person, source.Key),
                SampleRows.Write(
                    new GoneRecords(
                        source
                            .Value.OrderByDescending(record => record.Value)
                            .ThenBy(record => record.Key, StringComparer.Ordinal)
                            .Take(GoneKept)
                            .ToDictionary(StringComparer.Ordinal)
                    )
                )
            ));

    private IEnumerable<ReaderRow> BlockRows() =>
        _changed.Select(block =>
            SampleRows.Row(
                SampleRows.Block(block),
                _blocks[block].Length == 0 ? null : SampleCodec.Write(_blocks[block])
            )
        );

    private IEnumerable<ReaderRow> DayRows()
    {
        var days = (_orders.Count > 0 ? _blocks.Keys : _changed.AsEnumerable())
            .Select(block => (block.Measure, block.Day))
            .Distinct();
        foreach (var (measure, day) in days)
        {
            var sources = _order
                .For(measure)
                .Select(source => new SourceDay(
                    source,
                    _blocks.GetValueOrDefault(new BlockId(person, measure, day, source)) ?? []
                ));
            var summary = PersonDay.Summarise(measure, day, [.. sources]);
            _weeks.Note(measure, day, summary);
            yield return SampleRows.Row(
                SampleRows.Day(person, measure, day),
                summary is null ? null : SampleRows.Write(summary)
            );
        }
    }
}
