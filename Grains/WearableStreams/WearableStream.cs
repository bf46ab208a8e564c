using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Lifecycle;
using EcosystemSilo.Grains.Interfaces.WearableStreams;
using EcosystemSilo.Grains.Lifecycle;

namespace EcosystemSilo.Grains.WearableStreams;

/// <summary>
/// What one source tells of one person: allowed by a consent, backfilled, live, stale, connected again. It goes through
/// the four phases by itself: discovery until something comes, integration while the past comes, launch once it is
/// live, scale when it has been live for long. Samples are in its events; its state knows only how far they are.
/// </summary>
public static class WearableStream
{
    public static GrainKind<WearableStreamView> Kind { get; } =
        new(WearableStreamKey.Kind, stateShape: 2, WearableStreamDecisions.Decide, Apply);

    public static WearableStreamView Apply(WearableStreamView? stream, IEvent happened) =>
        (stream, happened) switch
        {
            (null, StreamOpened e) => New(e),
            ({ }, StreamOpened e) => stream with { Purpose = e.Purpose, Why = null },
            ({ }, StreamUserNamed e) => stream with { User = e.User },
            ({ }, FlowAllowed e) => stream with
            {
                IsAllowed = true,
                Serial = e.Serial,
                Status = StreamStatus.Waiting,
                Fetches = [.. stream.Fetches.Where(fetch => !fetch.IsDeregistration)],
            },
            ({ }, FlowStopped e) => StreamFetches.Drop(stream) with
            {
                IsAllowed = false,
                Serial = e.Serial,
                Status = StreamStatus.Stopped,
            },
            ({ }, SamplesStored e) => Store(stream, e),
            ({ }, SamplesRefused e) => stream with
            {
                RefusedDeliveries = stream.RefusedDeliveries + 1,
                RefusedSamples = stream.RefusedSamples + e.Count,
            },
            ({ }, StreamWentLive) => stream with { Status = StreamStatus.Live },
            ({ }, StreamWentStale) => stream with { Status = StreamStatus.Stale },
            ({ }, StreamDisconnected e) => StreamFetches.Drop(stream) with
            {
                Status = StreamStatus.Disconnected,
                Why = e.Reason,
                Authorisation = null,
            },
            ({ }, BackfillStarted e) => stream with
            {
                BackfillFrom = e.From,
                Past = [],
                Fetches = [.. stream.Fetches.Where(fetch => !fetch.IsPast)],
                Watermarks = [.. stream.Watermarks.Select(mark => mark with { BackfilledAt = null })],
            },
            ({ }, BackfillCompleted e) => Complete(stream, e),
            ({ }, PhaseEntered) => stream with { Lifecycle = LifecycleRules.Apply(stream.Lifecycle, happened) },
            ({ }, PersonalDataErased) => stream,
            ({ }, var e) when StreamFetches.Knows(e) => StreamFetches.Apply(stream, e),
            _ => throw Unhandled.Event(WearableStreamKey.Kind, happened),
        };

    private static WearableStreamView New(StreamOpened opened) =>
        new(
            StreamStatus.Stopped,
            opened.Purpose,
            User: null,
            IsAllowed: false,
            Serial: 0,
            new LifecycleView([], []),
            Watermarks: [],
            BackfillFrom: null,
            LastDataAt: null,
            Why: null,
            RefusedDeliveries: 0,
            RefusedSamples: 0,
            ValuesSetAside: 0,
            RecentlySetAside: [],
            Authorisation: null,
            NewestFetch: 0,
            Fetches: [],
            Past: [],
            FetchesGivenUp: 0,
            WhyNotFetched: null
        );

    private static WearableStreamView Store(WearableStreamView stream, SamplesStored stored)
    {
        var marks = stream.Watermarks.ToList();
        foreach (var block in stored.Blocks)
        {
            var at = marks.FindIndex(mark => mark.Measure == block.Measure);
            var mark =
                at < 0
                    ? new Watermark(block.Measure, block.First, block.Last, block.Count, stored.At)
                    : marks[at] with
                    {
                        Oldest = block.First < marks[at].Oldest ? block.First : marks[at].Oldest,
                        Newest = block.Last > marks[at].Newest ? block.Last : marks[at].Newest,
                        Samples = marks[at].Samples + block.Count,
                        ReceivedAt = stored.At,
                    };
            if (at < 0)
            {
                marks.Add(mark);
            }
            else
            {
                marks[at] = mark;
            }
        }

        return stream with
        {
            Watermarks = marks,
            LastDataAt = stored.At,
            Status =
                stored.IsBackfill && stream.Status is StreamStatus.Waiting or StreamStatus.Disconnected
                    ? StreamStatus.Backfilling
                    : stream.Status,
            ValuesSetAside = stream.ValuesSetAside + stored.SetAside.Count,
            RecentlySetAside =
            [
                .. stored.SetAside.Concat(stream.RecentlySetAside).Take(WearableStreamLimits.SetAsideKept),
            ],
        };
    }

    private static WearableStreamView Complete(WearableStreamView stream, BackfillCompleted completed)
    {
        Watermark[] marks =
        [
            .. stream.Watermarks.Select(mark =>
                mark.Measure == completed.Measure ? mark with { BackfilledAt = completed.At } : mark
            ),
        ];
        return stream with
        {
            Watermarks = marks,
            BackfillFrom = marks.All(mark => mark.BackfilledAt is not null) ? null : stream.BackfillFrom,
        };
    }
}
