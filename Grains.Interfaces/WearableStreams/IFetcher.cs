namespace EcosystemSilo.Grains.Interfaces.WearableStreams;

/// <summary>Asks senders for what their notifications announce.</summary>
public interface IFetcher
{
    /// <summary>
    /// Makes one attempt, and stores what comes in the stream page by page under ids that derive from the fetch and its
    /// answers, so that another attempt repeats nothing.
    /// </summary>
    /// <exception cref="GrainUnavailableException">The stream could not be told; make another attempt.</exception>
    Task<FetchResult> Fetch(
        GrainKey stream,
        WearableStreamView view,
        PendingFetch fetch,
        CancellationToken cancellation
    );
}

/// <summary>What came of an attempt, see <see cref="RecordFetch"/>.</summary>
public sealed record FetchResult(FetchOutcome Outcome, string? Reason = null, int? RetryAfterSeconds = null)
{
    public static readonly FetchResult Done = new(FetchOutcome.Done);
}
