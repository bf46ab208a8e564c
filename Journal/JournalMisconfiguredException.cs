namespace EcosystemSilo.Journal;

/// <summary>
/// The journal refuses to start: unknown provider, unusable connection string, or a setting that could lose a commit.
/// Retrying does not help; the message says what would.
/// </summary>
public class JournalMisconfiguredException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>A newer version of the product has changed the journal's schema.</summary>
public sealed class JournalNewerException(string message) : JournalMisconfiguredException(message);
