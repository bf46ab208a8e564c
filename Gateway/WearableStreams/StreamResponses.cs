using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Lifecycle;
using EcosystemSilo.Grains.Interfaces.People;
using EcosystemSilo.Grains.Interfaces.WearableStreams;

namespace EcosystemSilo.Gateway.WearableStreams;

/// <summary>A person's connection to a source.</summary>
/// <param name="User">The sender's own id of the person.</param>
/// <param name="Allowed">Whether the consent that it needs is in force; without it nothing is stored.</param>
/// <param name="Watermarks">How far each measure has come.</param>
/// <param name="BackfillFrom">From when on the past is expected; left out when nothing is.</param>
/// <param name="Why">Why it was disconnected, in the sender's word.</param>
/// <param name="RefusedDeliveries">Deliveries that came without consent; nothing else is kept of them.</param>
/// <param name="RecentlySetAside">The newest values that were not taken, with the reason.</param>
/// <param name="Authorised">Whether there are tokens by which the sender can be asked.</param>
/// <param name="Fetches">What the sender is still to be asked for.</param>
/// <param name="Past">How far a backfill by fetching is, resource by resource, from now back.</param>
/// <param name="FetchesGivenUp">What could not be fetched.</param>
/// <param name="WhyNotFetched">The reason of the newest of them.</param>
public sealed record StreamResponse(
    string Id,
    long Version,
    PersonId Person,
    SourceId Source,
    string? User,
    StreamStatus Status,
    Purpose Purpose,
    bool Allowed,
    Phase Phase,
    IReadOnlyList<PhaseVisit> Visits,
    IReadOnlyList<Watermark> Watermarks,
    DateTimeOffset? BackfillFrom,
    DateTimeOffset? LastDataAt,
    string? Why,
    long RefusedDeliveries,
    long RefusedSamples,
    long ValuesSetAside,
    IReadOnlyList<SetAside> RecentlySetAside,
    bool Authorised,
    IReadOnlyList<FetchResponse> Fetches,
    IReadOnlyList<PastFetch> Past,
    long FetchesGivenUp,
    string? WhyNotFetched
)
{
    public static StreamResponse Of(GrainKey key, Versioned<WearableStreamView> stream, bool isErased = false)
    {
        var (person, source) = WearableStreamKey.Parts(key);
        var view = stream.View;
        return new StreamResponse(
            key.Id,
            stream.Version,
            person,
            source,
            isErased ? null : view.User,
            view.Status,
            view.Purpose,
            view.IsAllowed,
            view.Lifecycle.Current.Phase,
            view.Lifecycle.Visits,
            isErased ? [] : view.Watermarks,
            view.BackfillFrom,
            view.LastDataAt,
            view.Why,
            view.RefusedDeliveries,
            view.RefusedSamples,
            view.ValuesSetAside,
            isErased ? [] : view.RecentlySetAside,
            !isErased && view.Authorisation is not null,
            isErased ? [] : [.. view.Fetches.Select(FetchResponse.Of)],
            view.Past,
            view.FetchesGivenUp,
            view.WhyNotFetched
        );
    }
}

/// <summary>Something that the sender is still to be asked for.</summary>
/// <param name="Resource">The sender's word for it.</param>
/// <param name="IsPast">A part of a backfill.</param>
/// <param name="Attempts">How many were begun.</param>
/// <param name="DueAt">When the next one begins, at the latest.</param>
/// <param name="Trouble">Why the newest one that ended did not succeed.</param>
public sealed record FetchResponse(
    long Number,
    string Resource,
    bool IsPast,
    int Attempts,
    DateTimeOffset RequestedAt,
    DateTimeOffset DueAt,
    string? Trouble
)
{
    public static FetchResponse Of(PendingFetch fetch) =>
        new(fetch.Number, fetch.Resource, fetch.IsPast, fetch.Attempts, fetch.RequestedAt, fetch.DueAt, fetch.Trouble);
}

/// <summary>A measure of a person over time, in its canonical unit.</summary>
/// <param name="Label">The measure's name for people.</param>
/// <param name="Unit">The UCUM code of the unit.</param>
/// <param name="Adds">Whether a point's value is a sum, as of steps; others are means.</param>
/// <param name="ResolutionSeconds">Length of a point; longer than asked for when there would be too many.</param>
/// <param name="Points">Those of which something is known, in the order of time.</param>
public sealed record SeriesResponse(
    Measure Measure,
    string Label,
    string Unit,
    bool Adds,
    DateTimeOffset From,
    DateTimeOffset To,
    int ResolutionSeconds,
    IReadOnlyList<SeriesPoint> Points
);

/// <param name="At">When the point begins.</param>
/// <param name="Value">The sum or the mean of its samples.</param>
/// <param name="Second">The mean of second values: the diastolic pressure.</param>
public sealed record SeriesPoint(
    DateTimeOffset At,
    double Value,
    double Min,
    double Max,
    int Count,
    double? Second = null
);

/// <summary>A reading as its sender wrote it, and in the canonical unit.</summary>
/// <param name="Value">In <paramref name="Unit"/>.</param>
/// <param name="Unit">The UCUM code of the sender's unit.</param>
/// <param name="Canonical">In the canonical unit of the measure.</param>
/// <param name="Detail">The name of an activity, the stages of a sleep.</param>
public sealed record SampleResponse(
    DateTimeOffset Start,
    DateTimeOffset? End,
    double Value,
    string Unit,
    double Canonical,
    double? Second,
    string? Detail
)
{
    public static SampleResponse Of(Sample sample) =>
        new(
            sample.Start,
            sample.End,
            sample.Value,
            Units.Of(sample.Unit).Code,
            sample.Canonical,
            sample.Second,
            sample.Detail
        );
}

/// <summary>A measure of a person day by day, by the person's own days.</summary>
public sealed record DaysResponse(
    Measure Measure,
    string Label,
    string Unit,
    bool Adds,
    IReadOnlyList<DayResponse> Days
);

/// <param name="Value">The day's sum or mean.</param>
/// <param name="Hours">The same by hour; hours of which nothing is known are left out.</param>
/// <param name="Stages">Minutes by stage of sleep: awake, light, deep, rem, asleep.</param>
/// <param name="Sources">Whose samples it was made of, the one that counts first standing first.</param>
public sealed record DayResponse(
    DateOnly Day,
    double Value,
    double Min,
    double Max,
    int Count,
    double? Second,
    IReadOnlyList<HourResponse> Hours,
    IReadOnlyDictionary<string, double>? Stages,
    IReadOnlyList<SourceId> Sources
);

public sealed record HourResponse(int Hour, double Value, double Min, double Max, int Count);
