using System.Globalization;
using Npgsql;

namespace EcosystemSilo.Journal.Postgres;

/// <summary>How the journal connects, and what it demands of the server.</summary>
internal static class PostgresSettings
{
    private const int OldestServer = 150_000;

    public static NpgsqlDataSource Source(string connectionString, int connections) =>
        Understood(() =>
        {
            var settings = Completed(connectionString);
            SetUnlessGiven(settings, "Maximum Pool Size", connections);
            return NpgsqlDataSource.Create(settings);
        });

    /// <summary>For a connection of its own, which stays open.</summary>
    public static string Unpooled(string connectionString) =>
        Understood(() =>
        {
            var settings = Completed(connectionString);
            settings.Pooling = false;
            settings.ApplicationName += " (holds the journal)";
            return settings.ToString();
        });

    /// <summary>Where the journal's tables live unless the server knows better.</summary>
    public static string SchemaOf(string connectionString)
    {
        var searchPath = new NpgsqlConnectionStringBuilder(connectionString).SearchPath ?? "";
        return searchPath.Split(',')[0].Trim() is { Length: > 0 } schema ? schema.Trim('"') : "public";
    }

    /// <summary>Fills in what the connection string leaves open with bounds that suit a service.</summary>
    private static NpgsqlConnectionStringBuilder Completed(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            Enlist = false,
            Multiplexing = false,
            // Nothing here changes a session, so there is nothing to reset.
            NoResetOnClose = true,
            // A server that does not answer is not waited for: the connection is given up at once.
            CancellationTimeout = -1,
        };
        SetUnlessGiven(settings, "Max Auto Prepare", 32);
        SetUnlessGiven(settings, "Auto Prepare Min Usages", 2);
        SetUnlessGiven(settings, "Timeout", JournalLimits.PostgresConnectSeconds);
        SetUnlessGiven(settings, "Command Timeout", JournalLimits.PostgresReadSeconds);
        SetUnlessGiven(settings, "Application Name", "EcosystemSilo");
        return settings;
    }

    private static T Understood<T>(Func<T> use)
    {
        try
        {
            return use();
        }
        catch (Exception cause) when (cause is ArgumentException or FormatException)
        {
            throw new JournalMisconfiguredException(
                $"Journal__ConnectionString is refused: Npgsql does not understand it ({cause.Message}).",
                cause
            );
        }
    }

    public static async Task RefuseWeakSettings(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            "SELECT current_setting('server_version_num'), current_setting('fsync'), "
                + "current_setting('full_page_writes'), current_setting('synchronous_commit'), "
                + "current_setting('server_encoding')",
            connection
        );
        await using var row = await command.ExecuteReaderAsync(cancellation);
        await row.ReadAsync(cancellation);
        var version = int.Parse(row.GetString(0), CultureInfo.InvariantCulture);
        Require(version >= OldestServer, $"the server's version is {version}", "PostgreSQL 15 or newer is needed");
        Require(row.GetString(1) is "on", "fsync is off", "a commit could be lost when the machine stops");
        Require(row.GetString(2) is "on", "full_page_writes is off", "a page could be torn when the machine stops");
        Require(
            row.GetString(3) is "on" or "remote_apply",
            $"synchronous_commit is {row.GetString(3)}",
            "a commit could be lost after it was acknowledged; set it to on"
        );
        Require(row.GetString(4) is "UTF8", $"the database's encoding is {row.GetString(4)}", "UTF8 is needed");
    }

    /// <param name="keyword">Npgsql's own; it knows by it whichever spelling was given.</param>
    private static void SetUnlessGiven(NpgsqlConnectionStringBuilder settings, string keyword, object value)
    {
        if (!settings.ShouldSerialize(keyword))
        {
            settings[keyword] = value;
        }
    }

    private static void Require(bool holds, string found, string consequence)
    {
        if (!holds)
        {
            throw new JournalMisconfiguredException($"PostgreSQL is refused: {found}, but {consequence}.");
        }
    }
}
