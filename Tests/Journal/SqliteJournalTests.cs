using System.Diagnostics;
using System.Runtime.Versioning;
using System.Text;
using EcosystemSilo.Journal;
using EcosystemSilo.Journal.Sqlite;
using EcosystemSilo.LoadTests.Processes;
using Microsoft.Data.Sqlite;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Journal;

public sealed class SqliteJournalTests : JournalContract
{
    private readonly TemporaryFolder folder = new();

    private string ConnectionString => $"Data Source={folder.File("deep/down/journal.db")}";

    private string LockFile => folder.File("deep/down/journal.db.lock");

    protected override IJournal NewJournal() => new SqliteJournal(ConnectionString, TimeProvider.System);

    protected override (Task Held, Task Committed) AppendHeld(Append append, Task release)
    {
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var committed = Task.Factory.StartNew(
            () =>
            {
                using var session = new SqliteFile(ConnectionString).OpenWriter();
                var verdicts = new Verdict[1];
                session.InWriteTransaction(() =>
                {
                    new SqliteAppender(session).Append([append], verdicts);
                    held.SetResult();
                    release.Wait();
                    return true;
                });
                verdicts[0].Result.Outcome.ShouldBe(AppendOutcome.Committed);
            },
            Cancellation,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );
        return (Task.WhenAny(held.Task, committed), committed);
    }

    protected override Task<IAsyncDisposable> StopCommits()
    {
        var session = new SqliteFile(ConnectionString).OpenWriter();
        session.Prepare("BEGIN IMMEDIATE").Run();
        return Task.FromResult<IAsyncDisposable>(new Lock(session));
    }

    protected override Task SetSchemaVersion(int version)
    {
        using var session = new SqliteFile(ConnectionString).OpenWriter();
        session.Prepare("INSERT INTO schema_version (version) VALUES (?1)").Bind(1, version).Run();
        return Task.CompletedTask;
    }

    protected override ValueTask RemoveStore()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("Data Source=:memory:")]
    [InlineData("Data Source=")]
    [InlineData("Data Source=file:journal.db?nolock=1")]
    [InlineData("Data Source=journal.db;Mode=Memory")]
    [InlineData("Data Source=journal.db;Mode=ReadOnly")]
    [InlineData("Data Source=journal.db;Cache=Shared")]
    [InlineData("Data Source=journal.db;Vfs=unix-none")]
    [InlineData("Data Source=journal.db;Synchronous=Off")]
    public void AConnectionStringThatCouldLoseCommits_IsRefused(string connectionString)
    {
        var refusal = Should.Throw<JournalMisconfiguredException>(() =>
            JournalFactory.Create("Sqlite", connectionString, TimeProvider.System)
        );

        refusal.Message.ShouldContain("Journal__ConnectionString");
    }

    [Theory]
    [InlineData("PRAGMA synchronous = NORMAL", "synchronous=1")]
    [InlineData("PRAGMA synchronous = OFF", "synchronous=0")]
    [InlineData("PRAGMA locking_mode = EXCLUSIVE", "locking_mode=exclusive")]
    public void WeakSettings_AreRefused_AsSqliteReportsThem(string weakening, string reported)
    {
        using var session = new SqliteFile(ConnectionString).OpenWriter();
        SqliteFile.RefuseWeakSettings(session.Connection);
        Execute(session.Connection, weakening);

        var refusal = Should.Throw<JournalMisconfiguredException>(() =>
            SqliteFile.RefuseWeakSettings(session.Connection)
        );
        refusal.Message.ShouldContain(reported);
    }

    [Fact]
    public void AFileWithoutWriteAheadLog_IsRefused()
    {
        using var connection = new SqliteConnection($"Data Source={folder.File("plain.db")};Pooling=False");
        connection.Open();
        Execute(connection, "PRAGMA journal_mode = DELETE");

        Should
            .Throw<JournalMisconfiguredException>(() => SqliteFile.RefuseWeakSettings(connection))
            .Message.ShouldContain("journal_mode=delete");
    }

    [Fact]
    public async Task AFullDisk_IsNoAcknowledgement_AndNothingIsHalfWritten()
    {
        var acknowledged = new List<string>();
        await using (var full = new SqliteJournal(ConnectionString, TimeProvider.System, "PRAGMA max_page_count = 200"))
        {
            await full.Open(Cancellation);
            await Should.ThrowAsync<JournalUnavailableException>(async () =>
            {
                for (var i = 0; i < 1_000; i++)
                {
                    var append = To($"acme/partner/{i}", 0) with { Events = [new NewEvent("big", 1, new byte[2_000])] };
                    await full.Append(append, Cancellation);
                    acknowledged.Add(append.Command.Id);
                }
            });
        }

        acknowledged.ShouldNotBeEmpty();
        (await Everything()).Select(one => one.CommandId).ShouldBe(acknowledged);
        using var session = new SqliteFile(ConnectionString).OpenWriter();
        var check = session.Prepare("PRAGMA integrity_check");
        check.Step().ShouldBeTrue();
        check.Text(0).ShouldBe("ok");
        check.Reset();
    }

    /// <summary>All schemas that were ever released, or may have been.</summary>
    [Fact]
    public async Task AJournalOfAnyEarlierBuild_OpensAndGoesOn()
    {
        var known = Migrations.Of("Sqlite");
        for (var version = 1; version <= known.Count; version++)
        {
            var earlier = $"Data Source={folder.File($"version-{version}.db")}";
            StoreAsBuildOf(known.Take(version), earlier);

            await using var journal = new SqliteJournal(earlier, TimeProvider.System);
            await journal.Open(Cancellation);

            (await journal.Load("acme/partner/p", Cancellation)).Tail.Single().Name.ShouldBe("registered");
            (await journal.DueDeadlines(Noon, 10, Cancellation)).Single().Name.ShouldBe("phase");
            (await journal.Append(To("acme/partner/p", 1, "approved"), Cancellation)).Position.ShouldBe(2);
        }
    }

    private static void StoreAsBuildOf(IEnumerable<Migration> steps, string connectionString)
    {
        using var session = new SqliteFile(connectionString).OpenWriter();
        Execute(session.Connection, "CREATE TABLE schema_version (version INTEGER PRIMARY KEY) STRICT");
        foreach (var step in steps)
        {
            Execute(session.Connection, step.Sql);
            Execute(session.Connection, $"INSERT INTO schema_version (version) VALUES ({step.Version})");
        }
        Execute(
            session.Connection,
            "INSERT INTO events VALUES (1, 'acme/partner/p', 1, 'registered', 1, x'7b7d', 1, 'c', 'a', 'c-1'); "
                + "INSERT INTO deadlines (grain, name, due) VALUES ('acme/partner/p', 'phase', 1); "
                + "UPDATE last_position SET position = 1"
        );
    }

    [Fact]
    public async Task ABackup_IsTakenOfAJournalThatIsHeld()
    {
        await MustCommit(To("acme/partner/p", 0, "registered"));
        await using var hold = await Journal.Hold(HoldKind.Alone, Cancellation);
        var copy = $"Data Source={folder.File("copy.db")}";

        using (var source = new SqliteConnection($"{ConnectionString};Pooling=False"))
        using (var target = new SqliteConnection($"{copy};Pooling=False"))
        {
            source.Open();
            target.Open();
            source.BackupDatabase(target);
        }

        await using var restored = new SqliteJournal(copy, TimeProvider.System);
        await restored.Open(Cancellation);
        (await restored.LastPosition(Cancellation)).ShouldBe(1);
    }

    [Fact]
    public async Task ADestroyedKey_IsInNoFileAnyMore_NorInABackup()
    {
        var keys = Enumerable.Range(0, 40).Select(i => Encoding.ASCII.GetBytes($"-the-key-of-person-{i:d3}-")).ToList();
        for (var i = 0; i < keys.Count; i++)
        {
            await Journal.KeepSubjectKey($"acme/p-{i}", keys[i], Cancellation);
        }

        Files().Any(bytes => Holds(bytes, keys[7])).ShouldBeTrue("otherwise this test sees nothing");
        for (var i = 0; i < keys.Count; i += 2)
        {
            await Journal.DestroySubjectKey($"acme/p-{i}", Cancellation);
        }

        using (var source = new SqliteConnection($"{ConnectionString};Pooling=False"))
        using (var target = new SqliteConnection($"Data Source={folder.File("deep/down/copy.db")};Pooling=False"))
        {
            source.Open();
            target.Open();
            source.BackupDatabase(target);
        }

        for (var i = 0; i < keys.Count; i += 2)
        {
            Files().Any(bytes => Holds(bytes, keys[i])).ShouldBeFalse($"key {i} is in a file still");
        }

        (await Journal.FindSubjectKey("acme/p-7", Cancellation)).ShouldBe(keys[7]);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task TheFilesOfTheJournal_AreTheOwnersAlone_AlsoThoseOfAnOlderBuild()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no modes of files.");
        var path = folder.File("deep/down/older.db");
        var connection = $"Data Source={path}";
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllBytesAsync(path, [], Cancellation);
        File.SetUnixFileMode(path, (UnixFileMode)0b110_100_100);
        await using var older = new SqliteJournal(connection, TimeProvider.System);
        await older.Open(Cancellation);
        await MustCommit(To("acme/partner/p", 0, "registered"));

        var modes = new[]
        {
            path,
            path + "-wal",
            folder.File("deep/down/journal.db"),
            folder.File("deep/down/journal.db-wal"),
        }
            .Select(file => File.GetUnixFileMode(file))
            .Distinct();
        modes.ShouldBe([UnixFileMode.UserRead | UnixFileMode.UserWrite]);
    }

    private static bool Holds(byte[] file, byte[] key) => file.AsSpan().IndexOf(key) >= 0;

    private IEnumerable<byte[]> Files() =>
        Directory
            .GetFiles(folder.File("deep/down"))
            .Select(file =>
            {
                using var open = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
                var bytes = new byte[open.Length];
                open.ReadExactly(bytes);
                return bytes;
            });

    /// <summary>The other process is a shell, and it locks the file as this product does.</summary>
    [Fact]
    public async Task AProcessThatIsKilled_LetsGo()
    {
        using var other = Process.Start(
            new ProcessStartInfo("bash", ["-c", "exec 9>\"$0\"; flock 9; echo held; exec cat", LockFile])
            {
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            }
        )!;
        (await other.StandardOutput.ReadLineAsync(Cancellation)).ShouldBe("held");
        await Should.ThrowAsync<JournalHeldException>(() => Journal.Hold(HoldKind.Alone, Cancellation));

        other.Kill();

        await using var hold = await Journal.Hold(HoldKind.Alone, Cancellation);
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private sealed class Lock(SqliteSession session) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            session.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
