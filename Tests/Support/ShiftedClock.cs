namespace EcosystemSilo.Tests.Support;

/// <summary>The computer's clock, which a test can put forward: what waits for hours comes at once.</summary>
public sealed class ShiftedClock : TimeProvider
{
    private long _shift;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _shift));

    public void Move(TimeSpan by) => Interlocked.Add(ref _shift, by.Ticks);
}
