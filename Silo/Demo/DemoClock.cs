namespace EcosystemSilo.Silo.Demo;

/// <summary>
/// A clock that stands on a day of the past, so that a demo ecosystem has a history when it is first seen.
/// </summary>
internal sealed class DemoClock(TimeProvider real) : TimeProvider
{
    private long _behindTicks;

    public void StandBack(TimeSpan by) => Interlocked.Exchange(ref _behindTicks, by.Ticks);

    public override DateTimeOffset GetUtcNow() => real.GetUtcNow().AddTicks(-Interlocked.Read(ref _behindTicks));

    public override long TimestampFrequency => real.TimestampFrequency;

    public override long GetTimestamp() => real.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        real.CreateTimer(callback, state, dueTime, period);
}
