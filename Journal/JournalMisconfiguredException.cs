namespace EcosystemSilo.Journal;

/// <summary>
/// The journal refuses to start: unknown provider, unusable connection string, a setting that could lose a commit, or
/// a schema that is newer than this version of the product. Retrying does not help; the message says what would.
/// </summary>
public sealed class JournalMisconfiguredException(string message, Exception? inner = null) : Exception(message, inner);
