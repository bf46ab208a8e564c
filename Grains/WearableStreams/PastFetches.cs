using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.WearableStreams;

namespace EcosystemSilo.Grains.WearableStreams;

/// <summary>
/// A backfill by fetching: from now back, one slice at a time, of all resources the one that is least far. A slice that
/// cannot be had ends the way of its resource, which then is not complete.
/// </summary>
internal static class PastFetches
{
    public static WearableStreamView Start(WearableStreamView stream, PastRequested requested) =>
        stream with
        {
            Past =
            [
                .. requested.Resources.Select(past => new PastFetch(
                    past.Resource,
                    past.Measures,
                    requested.From,
                    requested.To
                )),
            ],
        };

    /// <summary>The slice to fetch now: none while one is under way, or nothing is left.</summary>
    public static IReadOnlyList<IEvent> Next(WearableStreamView stream, DateTimeOffset now)
    {
        if (
            stream.Fetches.Any(fetch => fetch.IsPast)
            || stream.Past.Where(IsOpen).MaxBy(past => past.Reached) is not { } next
        )
        {
            return [];
        }

        var from = next.Reached - WearableStreamLimits.PastSlice;
        return
        [
            new FetchRequested(
                stream.NewestFetch + 1,
                next.Resource,
                Id: null,
                from > next.From ? from : next.From,
                next.Reached,
                Version: 0,
                IsPast: true,
                DueAt: now,
                now
            ),
        ];
    }

    /// <summary>The measures whose past a completed slice made whole.</summary>
    public static IEnumerable<IEvent> Completed(
        WearableStreamView before,
        WearableStreamView after,
        DateTimeOffset now
    ) =>
        before
            .Past.Where(past => !past.IsComplete)
            .Where(past => !after.Past.Any(still => still.Resource == past.Resource && !still.IsComplete))
            .SelectMany(past => past.Measures)
            .Where(measure => !after.Past.Any(past => !past.IsComplete && past.Measures.Contains(measure)))
            .Where(measure => after.Of(measure) is { BackfilledAt: null })
            .Select(measure => new BackfillCompleted(measure, now));

    public static WearableStreamView Reach(WearableStreamView stream, PendingFetch? slice)
    {
        if (slice is not { IsPast: true, From: { } reached })
        {
            return stream;
        }

        var changed = Change(stream, slice.Resource, past => past with { Reached = reached });
        return changed.All(past => past.IsComplete)
            ? stream with
            {
                Past = [],
                BackfillFrom = null,
            }
            : stream with
            {
                Past = changed,
            };
    }

    public static WearableStreamView Break(WearableStreamView stream, PendingFetch? slice, string reason) =>
        slice is { IsPast: true }
            ? stream with
            {
                Past = Change(stream, slice.Resource, past => past with { Broken = reason }),
            }
            : stream;

    private static bool IsOpen(PastFetch past) => past is { IsComplete: false, Broken: null };

    private static PastFetch[] Change(WearableStreamView stream, string resource, Func<PastFetch, PastFetch> change) =>
        [.. stream.Past.Select(past => past.Resource == resource ? change(past) : past)];
}
