using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace EcosystemSilo.LoadTests.Processes;

/// <summary>
/// A PostgreSQL server of our own in a temporary folder, on a unix socket only. Started when the first database is
/// asked for, and stopped with this process, however that ends.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private static readonly TimeSpan StartMax = TimeSpan.FromSeconds(60);
    private readonly SemaphoreSlim starting = new(1);
    private TemporaryFolder? folder;
    private Process? server;
    private int databases;

    /// <summary>More arguments of the server, such as <c>-c archive_mode=on</c>.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>A base backup to start from and to recover; null for an empty server.</summary>
    public string? BaseBackup { get; init; }

    /// <summary>
    /// How many it accepts: enough for whatever runs beside each other in tests and measurements, unless a run is about
    /// their number.
    /// </summary>
    public int Connections { get; init; } = 300;

    /// <summary>Creates an empty database and returns its connection string.</summary>
    public async Task<string> NewDatabase()
    {
        await EnsureStarted();
        var name = $"run_{Interlocked.Increment(ref databases)}";
        // A pooled connection may be from before a restart.
        await using var connection = new NpgsqlConnection(ConnectionString("postgres") + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"CREATE DATABASE {name}", connection);
        await command.ExecuteNonQueryAsync();
        return ConnectionString(name);
    }

    /// <summary>Starts the server, also again after a stop or after it has given up, on the same data.</summary>
    public async Task EnsureStarted()
    {
        await starting.WaitAsync();
        try
        {
            if (server is null or { HasExited: true })
            {
                server?.Dispose();
                folder ??= BaseBackup is null ? CreateCluster() : Restore(BaseBackup);
                server = StartServer();
                await WaitUntilReady();
            }
        }
        finally
        {
            starting.Release();
        }
    }

    /// <summary>What all processes of the server have used so far.</summary>
    public ServerUsage Usage => ServerUsage.OfFamily(Postmaster);

    /// <summary>Sets how far into a file the server may write, in the form of <c>prlimit --fsize</c>.</summary>
    public void LimitFiles(string limit)
    {
        foreach (var process in ProcessIds())
        {
            try
            {
                Run("prlimit", "--pid", $"{process}", $"--fsize={limit}");
            }
            catch (InvalidOperationException) when (!Directory.Exists($"/proc/{process}"))
            {
                // It has ended in between.
            }
        }
    }

    /// <summary>
    /// Runs a command as the server's user, beside its tools, with its address for those that ask the environment.
    /// </summary>
    public void Execute(string program, params string[] arguments) =>
        Run([
            "env",
            $"PGHOST={folder!.Path}",
            "PGUSER=postgres",
            $"PATH={Path.GetDirectoryName(Tool("postgres"))}:{Environment.GetEnvironmentVariable("PATH")}",
            program,
            .. arguments,
        ]);

    /// <summary>A place that the server may write to.</summary>
    public string PathOf(string name) => folder!.File(name);

    /// <summary>The address of a database that is there, as one is that was restored.</summary>
    public string DatabaseOf(string connectionString) =>
        ConnectionString(new NpgsqlConnectionStringBuilder(connectionString).Database!);

    /// <summary>The unix socket on which the server listens.</summary>
    public string Socket => folder!.File(".s.PGSQL.5432");

    /// <summary>Stops the server at once, without a checkpoint, as a crash would.</summary>
    public Task StopImmediately() => Stop("immediate");

    /// <param name="mode"><c>fast</c> rolls back what is under way, <c>immediate</c> leaves it to recovery.</param>
    public async Task Stop(string mode)
    {
        Run(Tool("pg_ctl"), "stop", "-m", mode, "-w", "-D", DataFolder);
        await server!.WaitForExitAsync();
        server.Dispose();
        server = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            // The shell around the server ends it when its input does.
            server.StandardInput.Close();
            await server.WaitForExitAsync();
            server.Dispose();
        }
        folder?.Dispose();
        starting.Dispose();
    }

    /// <summary>The server itself, below the shell that ends it; it notes its own id.</summary>
    private int Postmaster => int.Parse(File.ReadLines(PidFile).First(), CultureInfo.InvariantCulture);

    private string PidFile => Path.Combine(DataFolder, "postmaster.pid");

    private string DataFolder => folder!.File("data");

    private string ConnectionString(string database) =>
        $"Host={folder!.Path};Port=5432;Username=postgres;Database={database};Pooling=true";

    private static TemporaryFolder Restore(string backup)
    {
        var restored = CreateFolder();
        Run("cp", "-a", backup, restored.File("data"));
        Run("touch", restored.File("data/recovery.signal"));
        return restored;
    }

    private static TemporaryFolder CreateFolder()
    {
        var created = new TemporaryFolder();
        if (Environment.IsPrivilegedProcess)
        {
            Check(Start("chown", [OrdinaryUser, created.Path]));
        }
        return created;
    }

    private static TemporaryFolder CreateCluster()
    {
        var created = CreateFolder();
        Run(
            Tool("initdb"),
            "-D",
            created.File("data"),
            "-U",
            "postgres",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C",
            "-N"
        );
        return created;
    }

    private Process StartServer()
    {
        const string Script =
            "exec 3<&0; \"$@\" </dev/null >>\"$0\" 2>&1 & p=$!; "
            + "(cat <&3 >/dev/null; kill -INT $p 2>/dev/null) & c=$!; wait $p; kill $c 2>/dev/null";
        return Start(
            "sh",
            [
                "-c",
                Script,
                folder!.File("server.log"),
                .. AsOrdinaryUser(),
                Tool("postgres"),
                "-D",
                DataFolder,
                "-k",
                folder.Path,
                "-c",
                "listen_addresses=",
                "-c",
                $"max_connections={Connections}",
                .. Arguments,
            ]
        );
    }

    private async Task WaitUntilReady()
    {
        var since = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                await using var connection = new NpgsqlConnection(ConnectionString("postgres") + ";Pooling=false");
                await connection.OpenAsync();
                return;
            }
            catch (NpgsqlException fault)
            {
                if (server!.HasExited || TimeProvider.System.GetElapsedTime(since) > StartMax)
                {
                    var log = await File.ReadAllTextAsync(folder!.File("server.log"));
                    throw new InvalidOperationException($"PostgreSQL did not start. Its log says:\n{log}", fault);
                }
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
            }
        }
    }

    /// <summary>Debian keeps the server's programs out of the PATH, others do not.</summary>
    private static string Tool(string name)
    {
        var installed = Directory.Exists("/usr/lib/postgresql")
            ? Directory
                .GetDirectories("/usr/lib/postgresql")
                .OrderByDescending(path => int.Parse(Path.GetFileName(path), CultureInfo.InvariantCulture))
                .Select(path => Path.Combine(path, "bin"))
            : [];
        var searched = installed.Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(':'));
        return searched.Select(path => Path.Combine(path, name)).FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException(
                $"This needs PostgreSQL's server, and {name} was not found: apt-get install postgresql"
            );
    }

    /// <summary>The server refuses to run as root.</summary>
    private static string[] AsOrdinaryUser() =>
        Environment.IsPrivilegedProcess ? ["setpriv", $"--reuid={OrdinaryUser}", "--clear-groups"] : [];

    private static string OrdinaryUser =>
        File.ReadLines("/etc/passwd").Any(line => line.StartsWith("postgres:", StringComparison.Ordinal))
            ? "postgres"
            : "nobody";

    /// <summary>The server's processes that run now; none when it has given up.</summary>
    private IReadOnlyList<int> ProcessIds() =>
        File.Exists(PidFile) && Postmaster is var parent && Directory.Exists($"/proc/{parent}")
            ?
            [
                parent,
                .. File.ReadAllText($"/proc/{parent}/task/{parent}/children")
                    .Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                    .Select(child => int.Parse(child, CultureInfo.InvariantCulture)),
            ]
            : [];

    private static void Run(params string[] command)
    {
        string[] all = [.. AsOrdinaryUser(), .. command];
        Check(Start(all[0], all[1..]));
    }

    private static Process Start(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
            WorkingDirectory = "/",
        };
        start.Environment["LC_ALL"] = "C";
        return Process.Start(start)!;
    }

    private static void Check(Process process)
    {
        using (process)
        {
            var output = process.StandardOutput.ReadToEndAsync();
            var errors = process.StandardError.ReadToEnd();
            process.WaitForExit();
            if (process.ExitCode != 0)
            {
                throw new InvalidOperationException($"{process.StartInfo.FileName} failed: {errors}{output.Result}");
            }
        }
    }
}
