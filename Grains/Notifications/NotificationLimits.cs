namespace EcosystemSilo.Grains.Notifications;

/// <summary>The bounds of notifications, each with the reason for its size.</summary>
public static class NotificationLimits
{
    /// <summary>
    /// The pauses before each attempt of a round, 75 hours in all: the schedule that Standard Webhooks recommends
    /// ("Deliverability and reliability"). A receiver that is down over a weekend misses nothing.
    /// </summary>
    public static readonly IReadOnlyList<TimeSpan> Pauses =
    [
        TimeSpan.Zero,
        TimeSpan.FromSeconds(5),
        TimeSpan.FromMinutes(5),
        TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(2),
        TimeSpan.FromHours(5),
        TimeSpan.FromHours(10),
        TimeSpan.FromHours(14),
        TimeSpan.FromHours(20),
        TimeSpan.FromHours(24),
    ];

    /// <summary>
    /// A pause is longer or shorter by up to this share, so that what failed together is not tried again together.
    /// </summary>
    public const double Jitter = 0.2;

    /// <summary>The longest pause of the schedule; a receiver that asks for more is asked sooner.</summary>
    public static readonly TimeSpan RetryAfterMax = TimeSpan.FromHours(24);

    /// <summary>Attempts remembered: two whole rounds, in about 8 KB.</summary>
    public const int LogMax = 20;
}
