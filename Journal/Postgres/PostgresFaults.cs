using System.Net.Sockets;
using Npgsql;

namespace EcosystemSilo.Journal.Postgres;

/// <summary>
/// Tells a failing world (no connection, restart, full disk, lock) from a mistake in our own statements.
/// </summary>
internal static class PostgresFaults
{
    public static bool IsStoreFault(Exception fault) =>
        fault switch
        {
            PostgresException refusal => !IsOurMistake(refusal.SqlState),
            NpgsqlException or SocketException or IOException or TimeoutException => true,
            // The journal was closed under a call.
            ObjectDisposedException => true,
            _ => false,
        };

    public static JournalUnavailableException Unavailable(Exception fault) =>
        new($"PostgreSQL did not answer, or answered with a fault: {fault.Message}", fault);

    /// <summary>
    /// Classes 22 (data), 23 (constraints) and 42 (syntax, names), except that rights can be granted later.
    /// </summary>
    private static bool IsOurMistake(string state) =>
        state.StartsWith("22", StringComparison.Ordinal)
        || state.StartsWith("23", StringComparison.Ordinal)
        || (state.StartsWith("42", StringComparison.Ordinal) && state is not PostgresErrorCodes.InsufficientPrivilege);
}
