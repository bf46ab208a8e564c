using EcosystemSilo.Journal.Postgres;
using EcosystemSilo.Journal.Sqlite;

namespace EcosystemSilo.Journal;

/// <summary>
/// Chooses the store by configuration: <c>Journal__Provider</c> and <c>Journal__ConnectionString</c>.
/// </summary>
public static class JournalFactory
{
    /// <param name="provider"><c>Sqlite</c> or <c>PostgreSql</c>, in any case.</param>
    /// <param name="postgresSteps">What others need in PostgreSQL's database; see <see
    /// cref="PostgresJournal"/>.</param>
    /// <param name="connections">The most that the journal opens at a time, where it has several and the connection
    /// string does not say.</param>
    /// <exception cref="JournalMisconfiguredException">A setting is missing or unusable; the message names
    /// it.</exception>
    public static IJournal Create(
        string? provider,
        string? connectionString,
        TimeProvider time,
        IReadOnlyList<(string Name, string Sql)>? postgresSteps = null,
        int connections = JournalLimits.PostgresConnectionsMax
    )
    {
        if (string.IsNullOrWhiteSpace(connectionString))
        {
            throw new JournalMisconfiguredException("Journal__ConnectionString is missing.");
        }
        return provider?.ToUpperInvariant() switch
        {
            "SQLITE" => new SqliteJournal(connectionString, time),
            "POSTGRESQL" => new PostgresJournal(connectionString, time, postgresSteps, connections),
            _ => throw new JournalMisconfiguredException(
                $"Journal__Provider is '{provider}', but must be Sqlite or PostgreSql."
            ),
        };
    }
}
