namespace EcosystemSilo.Grains.Interfaces;

/// <summary>
/// The views that a request is checked against before any grain is asked: API keys, webhook sources and the users of
/// senders. They follow the journal in this process, so a check costs no call.
/// </summary>
public interface IKnownViews
{
    /// <summary>
    /// Whether the journal was looked into during the last few seconds. When not, a revocation may have been missed.
    /// </summary>
    bool IsCurrent { get; }

    /// <summary>What <see cref="Find"/> would answer without asking the journal; null when it would have to.</summary>
    TView? Known<TView>(GrainKey key)
        where TView : class, IView;

    /// <summary>
    /// The view as this process knows it: what it committed itself at once, what others committed within a poll of the
    /// journal. Null when the grain has no events.
    /// </summary>
    /// <exception cref="GrainUnavailableException">It is not known yet, and the journal does not answer.</exception>
    ValueTask<TView?> Find<TView>(GrainKey key, CancellationToken cancellation)
        where TView : class, IView;
}
