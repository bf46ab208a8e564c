using EcosystemSilo.Journal.Postgres;
using EcosystemSilo.Journal.Sqlite;

namespace EcosystemSilo.Journal;

/// <summary>
/// Chooses the store by configuration: <c>Journal__Provider</c> and <c>Journal__ConnectionString</c>.
/// </summary>
public static class JournalFactory
{
    /// <param name="provider"><c>Sqlite</c> or <c>PostgreSql</c>, in any case.</param>
    /// <exception cref="JournalMisconfiguredException">A setting is missing or unusable; the message names
    /// it.</exception>
    public static IJournal Create(string? provider, string? connectionString, TimeProvider time)
    {
        if (string.IsNullOrWhiteSpace(connectionString))
        {
            throw new JournalMisconfiguredException("Journal__ConnectionString is missing.");
        }
        return provider?.ToUpperInvariant() switch
        {
            "SQLITE" => new SqliteJournal(connectionString, time),
            "POSTGRESQL" => new PostgresJournal(connectionString, time),
            _ => throw new JournalMisconfiguredException(
                $"Journal__Provider is '{provider}', but must be Sqlite or PostgreSql."
            ),
        };
    }
}
