using Microsoft.Data.Sqlite;

namespace EcosystemSilo.Journal.Sqlite;

/// <summary>The journal's file: what its connection string may say, and connections that keep every commit.</summary>
internal sealed class SqliteFile
{
    private readonly string connectionString;
    private readonly string path;
    private readonly string writerPragmas;

    static SqliteFile() => SQLitePCL.Batteries_V2.Init();

    public SqliteFile(string connectionString, string writerPragmas = "")
    {
        this.writerPragmas = writerPragmas;
        var settings = Parse(connectionString);
        path = Path.GetFullPath(settings.DataSource);
        settings.DataSource = path;
        settings.Mode = SqliteOpenMode.ReadWriteCreate;
        // This class keeps its own connections, each with its statements.
        settings.Pooling = false;
        settings.DefaultTimeout = 1;
        this.connectionString = settings.ToString();
    }

    public string LockPath => path + ".lock";

    public void CreateFolder()
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new JournalUnavailableException($"The folder of {path} cannot be created.", fault);
        }
    }

    /// <summary>What is deleted is overwritten too, or a destroyed key would stay in the file's free space.</summary>
    public SqliteSession OpenWriter() =>
        Open("PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY; PRAGMA secure_delete = ON;" + writerPragmas);

    public SqliteSession OpenReader() => Open("PRAGMA query_only = ON; PRAGMA mmap_size = 268435456;");

    /// <summary>
    /// Reads the settings back from SQLite, which ignores a pragma it cannot follow without an error.
    /// </summary>
    public static void RefuseWeakSettings(SqliteConnection connection)
    {
        Require(connection, "journal_mode", "wal", "Readers and a writer could not work at the same time");
        Require(connection, "synchronous", "2", "A commit could be lost when the machine stops");
        Require(connection, "locking_mode", "normal", "Other processes could not follow the journal");
    }

    private SqliteSession Open(string extras)
    {
        CreateFolder();
        CloseToOthers();
        var connection = new SqliteConnection(connectionString);
        try
        {
            connection.Open();
            Execute(connection, $"PRAGMA busy_timeout = {JournalLimits.SqliteBusyMilliseconds};");
            Execute(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;");
            // Only macOS needs and knows these two: there fsync alone does not reach the disk.
            Execute(connection, "PRAGMA fullfsync = ON; PRAGMA checkpoint_fullfsync = ON;");
            Execute(connection, $"PRAGMA wal_autocheckpoint = {JournalLimits.SqliteCheckpointPages};");
            Execute(connection, extras);
            RefuseWeakSettings(connection);
            return new SqliteSession(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Lets nobody but the owner read the file, whatever the umask is; SQLite makes those beside it with the same mode.
    /// </summary>
    private void CloseToOthers()
    {
        const UnixFileMode owners = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        try
        {
            using (
                new FileStream(
                    path,
                    new FileStreamOptions
                    {
                        Mode = FileMode.OpenOrCreate,
                        Access = FileAccess.ReadWrite,
                        Share = FileShare.ReadWrite | FileShare.Delete,
                        UnixCreateMode = owners,
                    }
                )
            ) { }
            foreach (var file in new[] { path, path + "-wal", path + "-shm" }.Where(File.Exists))
            {
                if ((File.GetUnixFileMode(file) & ~owners) is not UnixFileMode.None)
                {
                    File.SetUnixFileMode(file, owners);
                }
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Somebody else's file, or gone: whether it can be used, SQLite says.
        }
    }

    private static SqliteConnectionStringBuilder Parse(string connectionString)
    {
        SqliteConnectionStringBuilder settings;
        try
        {
            settings = new SqliteConnectionStringBuilder(connectionString);
        }
        catch (ArgumentException cause)
        {
            throw Refusal($"SQLite does not understand it ({cause.Message})", cause);
        }
        var source = settings.DataSource;
        if (string.IsNullOrWhiteSpace(source))
        {
            throw Refusal("it names no file (Data Source=data/journal.db)");
        }
        if (
            settings.Mode is SqliteOpenMode.Memory
            || source.StartsWith(':')
            || source.StartsWith("file:", StringComparison.OrdinalIgnoreCase)
        )
        {
            throw Refusal("a journal in memory, or behind a URI, could lose commits; name a file");
        }
        if (settings.Mode is SqliteOpenMode.ReadOnly)
        {
            throw Refusal("a read-only file cannot take appends");
        }
        if (settings.Cache is SqliteCacheMode.Shared || !string.IsNullOrEmpty(settings.Vfs))
        {
            throw Refusal("Cache=Shared and Vfs weaken the isolation between connections; leave them out");
        }
        return settings;
    }

    private static void Require(SqliteConnection connection, string pragma, string expected, string consequence)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"PRAGMA {pragma};";
        var actual = Convert.ToString(command.ExecuteScalar());
        if (!string.Equals(actual, expected, StringComparison.OrdinalIgnoreCase))
        {
            throw new JournalMisconfiguredException(
                $"SQLite reports {pragma}={actual} where the journal needs {expected}. {consequence}."
            );
        }
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static JournalMisconfiguredException Refusal(string reason, Exception? cause = null) =>
        new($"Journal__ConnectionString is refused: {reason}.", cause);
}
