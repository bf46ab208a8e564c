using EcosystemSilo.Grains.Interfaces.WearableStreams;

namespace EcosystemSilo.Senders.Payloads;

/// <summary>
/// Gathers what a delivery says of one user. A value that cannot be a reading is set aside with its place; the others
/// of its record are kept.
/// </summary>
internal sealed class ReadingsBuilder(string user)
{
    private readonly List<Reading> _readings = [];
    private readonly List<DeletedReading> _deleted = [];
    private readonly List<SetAside> _setAside = [];

    /// <summary>A value that a record may have: where there is none, or null for a gap, there is no reading.</summary>
    /// <param name="when">Null when its time could not be read.</param>
    /// <param name="unit">As the sender writes it, or its UCUM code where the sender's documentation names it.</param>
    public void Add(Measure measure, Occasion? when, JsonPlace value, string unit)
    {
        if (value.IsThere)
        {
            Require(measure, when, value, unit);
        }
    }

    /// <summary>A value that a record is about: without it the record is set aside.</summary>
    public void Require(Measure measure, Occasion? when, JsonPlace value, string unit) =>
        Require(measure, when, value.Number, value, unit);

    /// <summary>A value that was computed from what stands at a place.</summary>
    public void Require(Measure measure, Occasion? when, double? value, JsonPlace place, string unit)
    {
        if (when is not { } occasion)
        {
            SetAside(measure, SetAsideReasons.TimeMissing, place);
        }
        else if (value is not { } number || !double.IsFinite(number))
        {
            SetAside(measure, SetAsideReasons.NotANumber, place);
        }
        else if (Units.Find(measure, unit) is null)
        {
            SetAside(measure, SetAsideReasons.UnitUnknown, place);
        }
        else
        {
            _readings.Add(ToReading(measure, occasion, number, unit));
        }
    }

    /// <summary>A workout that is as long as its period.</summary>
    /// <param name="place">Where its end stands.</param>
    public void RequireLength(Occasion? when, JsonPlace place) =>
        Require(Measure.Activity, when, (when?.End - when?.Start)?.TotalSeconds, place, "s");

    /// <summary>Both pressures of one measurement, in mm[Hg] unless said otherwise.</summary>
    public void AddPressure(Occasion? when, JsonPlace systolic, JsonPlace diastolic, string unit = "mm[Hg]")
    {
        if (systolic.IsThere || diastolic.IsThere)
        {
            var place = systolic.Number is null ? systolic : diastolic;
            RequirePressure(when, systolic.Number, diastolic.Number, place, unit);
        }
    }

    /// <summary>Neither pressure says anything without the other.</summary>
    public void RequirePressure(
        Occasion? when,
        double? systolic,
        double? diastolic,
        JsonPlace place,
        string unit = "mm[Hg]"
    )
    {
        var count = _readings.Count;
        Require(Measure.BloodPressure, when, diastolic is null ? null : systolic, place, unit);
        if (_readings.Count > count)
        {
            _readings[^1] = _readings[^1] with { Second = diastolic };
        }
    }

    /// <param name="measure">Null when the sender names the record by its id alone.</param>
    public void Delete(string? id, Measure? measure = null, long version = 0)
    {
        if (id is not null)
        {
            _deleted.Add(new DeletedReading(id, measure, version));
        }
    }

    public void SetAside(Measure measure, string reason, JsonPlace place) =>
        SetAside(Measures.Of(measure).Word, reason, place);

    public void SetAside(string what, string reason, JsonPlace place) =>
        _setAside.Add(new SetAside(what, reason, place.Path));

    public bool IsEmpty => _readings.Count + _deleted.Count + _setAside.Count == 0;

    public ReadingsNews Build() => new(user, _readings, _deleted, _setAside);

    private static Reading ToReading(Measure measure, Occasion occasion, double value, string unit) =>
        new(measure, occasion.Start, occasion.End ?? EndOf(measure, occasion, value, unit), value, unit)
        {
            Id = occasion.Id,
            Version = occasion.Version,
            IsDailyTotal = occasion.IsDailyTotal,
            Detail = occasion.Detail,
        };

    /// <summary>
    /// A sleep belongs to the day on which it ends, so one whose end is not told ends when it has been slept.
    /// </summary>
    private static DateTimeOffset? EndOf(Measure measure, Occasion occasion, double value, string unit)
    {
        if (measure != Measure.Sleep || occasion.IsMoment)
        {
            return null;
        }

        var asleep = Units.Find(measure, unit)!.ToCanonical(value) * 60;
        var staged = SleepStages.Read(occasion.Detail).Sum(run => run.Length.TotalSeconds);
        return SenderTime.After(occasion.Start, Math.Max(asleep, staged));
    }
}
