namespace EcosystemSilo.Silo.Activations;

/// <summary>
/// The clock by which somebody waits, rather than by which something is due: the computer's, whatever clock the product
/// goes by. Only a simulation has another one.
/// </summary>
internal sealed record WaitClock(TimeProvider Provider)
{
    public static WaitClock System { get; } = new(TimeProvider.System);

    /// <summary>
    /// See <see cref="Limits.LookInterval"/>. A year has thirty million seconds, too many to simulate.
    /// </summary>
    public TimeSpan LookInterval { get; init; } = Limits.LookInterval;
}
