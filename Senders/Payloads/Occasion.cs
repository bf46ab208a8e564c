namespace EcosystemSilo.Senders.Payloads;

/// <summary>
/// What the readings of one record have in common: when they are of, and what the record is known by.
/// </summary>
internal readonly record struct Occasion(DateTimeOffset Start, DateTimeOffset? End = null)
{
    public string? Id { get; private init; }

    public long Version { get; private init; }

    public bool IsDailyTotal { get; private init; }

    public string? Detail { get; private init; }

    /// <summary>Whether it is a moment, and not a period whose end is not told.</summary>
    public bool IsMoment { get; private init; }

    /// <summary>A moment; null when its time could not be read.</summary>
    public static Occasion? At(DateTimeOffset? time) =>
        time is { } start ? new Occasion(start) { IsMoment = true } : null;

    /// <summary>A period; null when its start could not be read.</summary>
    public static Occasion? Between(DateTimeOffset? start, DateTimeOffset? end) =>
        start is { } time ? new Occasion(time, end) : null;

    /// <summary>The local day, from its midnight to the next; null when the date could not be read.</summary>
    public static Occasion? Day(DateOnly? date, TimeSpan offset) =>
        date is { } day && SenderTime.At(day, offset) is { } midnight
            ? new Occasion(midnight, SenderTime.After(midnight, TimeSpan.SecondsPerDay))
            : null;

    public Occasion KnownBy(string? id, long version = 0) => this with { Id = id, Version = version };

    public Occasion With(string? detail) => this with { Detail = detail };

    public Occasion AsDailyTotal() => this with { IsDailyTotal = true };
}
