using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Lists;
using EcosystemSilo.Grains.Interfaces.WearableStreams;

namespace EcosystemSilo.Tests.Simulation.Judging;

/// <summary>What came of one person's source.</summary>
internal sealed class FoldedStream
{
    public bool IsAllowed { get; private set; }

    public long Serial { get; private set; }

    public long Version { get; private set; }

    public long Samples { get; private set; }

    public int Refused { get; private set; }

    /// <summary>When what is live came last; null while nothing is.</summary>
    public DateTimeOffset? LiveSince { get; private set; }

    public Dictionary<DateOnly, double> Days { get; } = [];

    public string Card(string id) => $"{id} v{Version} {Samples} samples, {Refused} refused";

    public void Fold(JournalRow row, Action<string> report)
    {
        Version = row.Version;
        switch (row.Name)
        {
            case "stream.flow-allowed" or "stream.flow-stopped":
                var serial = row.Data.GetProperty("serial").GetInt64();
                if (serial < Serial)
                {
                    report($"promise 3: {row} follows a permission that is older than number {Serial}");
                }

                (IsAllowed, Serial) = (row.Name is "stream.flow-allowed", serial);
                LiveSince = null;
                break;
            case "stream.samples-stored":
                Store(row, report);
                break;
            case "stream.samples-refused":
                Refused++;
                if (IsAllowed)
                {
                    report($"promise 3: {row} refuses what the person has agreed to");
                }

                break;
            case "stream.went-stale" or "stream.disconnected":
                LiveSince = null;
                break;
        }
    }

    private void Store(JournalRow row, Action<string> report)
    {
        if (!IsAllowed)
        {
            report($"promise 3: {row} stores what the person has not agreed to");
        }

        LiveSince = row.Data.GetProperty("isBackfill").GetBoolean() ? LiveSince : row.At;
        foreach (var block in row.Data.GetProperty("blocks").EnumerateArray())
        {
            foreach (var sample in SampleCodec.Read(block.GetProperty("data").GetBytesFromBase64()))
            {
                Samples++;
                var day = sample.Day(Measure.Steps);
                Days[day] = Days.GetValueOrDefault(day) + sample.Canonical;
            }
        }
    }
}

/// <summary>Promises 3 and 4: only what was agreed to flows, and every day has its sum.</summary>
internal sealed partial class Judgement
{
    private void JudgeStreams()
    {
        foreach (var (grain, stream) in _streams)
        {
            var (person, source) = WearableStreamKey.Parts(GrainKey.Parse(grain));
            var told = ByGrain[$"{grain.Split('/')[0]}/person/{person}"]
                .LastOrDefault(row =>
                    row.Name is "person.stream-permission-changed" && row.Text("source") == source.Value
                );
            var isAllowed = told?.Data.GetProperty("isAllowed").GetBoolean() ?? false;
            if (isAllowed != stream.IsAllowed)
            {
                _report($"promise 4: {grain} is {(isAllowed ? "" : "not ")}allowed, and never heard of it: {told}");
            }

            if (stream.LiveSince + WearableStreamStale + Slack < _end)
            {
                _report($"promise 5: {grain} has been silent since {stream.LiveSince:O} and never went stale");
            }
        }
    }

    /// <summary>A worn device that is silent for so long is worth a word.</summary>
    private static readonly TimeSpan WearableStreamStale = TimeSpan.FromHours(48);

    public async Task JudgeStreamViews(SimulatedSilo silo, EcosystemId ecosystem)
    {
        var own = _streams.Where(pair => GrainKey.Parse(pair.Key).Ecosystem == ecosystem).ToList();
        Compare(
            $"streams of {silo.Name}",
            own.Select(pair => pair.Value.Card(GrainKey.Parse(pair.Key).Id)),
            silo.Of<IStreamList>()
                .Find(ecosystem, new StreamQuery(), new PageRequest(int.MaxValue))
                .Items.Select(card =>
                    $"{card.Id} v{card.Version} {card.Samples} samples, {card.RefusedDeliveries} refused"
                )
        );
        foreach (var (grain, stream) in own.Where(pair => pair.Value.IsAllowed))
        {
            var (person, source) = WearableStreamKey.Parts(GrainKey.Parse(grain));
            var days = await silo.Process.Run(() =>
                silo.Of<ISampleHistory>()
                    .Days(
                        ecosystem,
                        person,
                        Measure.Steps,
                        DateOnly.MinValue,
                        DateOnly.MaxValue,
                        [source],
                        CancellationToken.None
                    )
            );
            Compare(
                $"days of {grain} at {silo.Name}",
                stream.Days.Select(day => $"{day.Key:O} {day.Value}"),
                days.Select(day => $"{day.Day:O} {day.Figures.Sum}")
            );
        }
    }
}
