namespace EcosystemSilo.Journal;

/// <summary>
/// The store did not answer or answered with a fault. For an append the outcome is unknown: the command may or may not
/// be durable, and sending it again with the same id settles which.
/// </summary>
public sealed class JournalUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
