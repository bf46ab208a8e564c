using System.Diagnostics;
using EcosystemSilo.LoadTests.Processes;
using EcosystemSilo.Tests.Processes;
using EcosystemSilo.Tests.Support;
using Npgsql;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Backup;

/// <summary>
/// The journal in PostgreSQL: archived and backed up while commands are taken, by the settings and the script that
/// Kubernetes gets, and recovered to a moment between two commands.
/// </summary>
public sealed class PostgresBackupTests(ITestOutputHelper output)
{
    [Fact]
    public async Task ARecoveryToAMoment_HasAllThatWasAcknowledgedBefore_NothingOfLater_AndGoesOn()
    {
        using var backup = new TemporaryFolder();
        // The server, which has a user of its own, puts the archive into it.
        using (var open = Process.Start("chmod", ["777", backup.Path]))
        {
            await open.WaitForExitAsync();
        }
        await using var server = new PostgresServer { Arguments = Archiving(backup.Path) };
        await server.EnsureStarted();
        server.Execute("mkdir", "-p", backup.File("wal"));
        var database = await server.NewDatabase();
        await using var busy = new BusyGateway { Gateway = new GatewayProcess("PostgreSql", database) };
        using var keys = new TemporaryFolder();
        busy.Gateway.Set("Data__Folder", keys.Path);
        Backup(server, backup);
        var earlier = Directory.GetFiles(backup.File("wal")).Order(StringComparer.Ordinal).First();
        await busy.Start();

        Backup(server, backup);
        File.Exists(earlier).ShouldBeFalse("Only the backup before needed it.");
        await busy.MoreAcknowledged();
        var before = busy.Answers;
        var moment = (await ProcessStories.Sql(database, "SELECT clock_timestamp()::text")).ShouldHaveSingleItem();
        await busy.MoreAcknowledged();
        busy.IsBusy.ShouldBeTrue("The backup was to be made while commands were taken.");
        await busy.Finish();
        var events = await ProcessStories.Sql(database, "SELECT position FROM last_position");
        await Archived(database, backup.File("wal"));
        await server.StopImmediately();

        await using var restored = new PostgresServer
        {
            BaseBackup = Directory.GetDirectories(backup.File("base")).ShouldHaveSingleItem(),
            Arguments =
            [
                "-c",
                $"restore_command=cp {backup.Path}/wal/%f %p",
                "-c",
                $"recovery_target_time={moment}",
                "-c",
                "recovery_target_action=promote",
            ],
        };
        await restored.EnsureStarted();
        var recovered = restored.DatabaseOf(database);
        await Awaited.Until(
            async () => (await ProcessStories.Sql(recovered, "SELECT pg_is_in_recovery()"))[0] == "False",
            "the end of the recovery"
        );
        await using (var journal = new NpgsqlConnection(recovered))
        {
            var audit = await busy.Judge(journal, before);
            output.WriteLine(
                $"{before.Count} acknowledged before {moment}; {audit.EventCount} events then, {events[0]} at the end"
            );
            audit.EventCount.ShouldBeLessThan(int.Parse(events[0]));
        }
        await busy.Gateway.Kill();
        await using var process = new GatewayProcess("PostgreSql", recovered);
        process.Set("Data__Folder", keys.Path);
        await process.Start();
        await busy.GoesOn(process, before, () => new NpgsqlConnection(recovered));
    }

    /// <summary>As Kubernetes does each night, but with one that is kept.</summary>
    private static void Backup(PostgresServer server, TemporaryFolder backup) =>
        server.Execute(
            "env",
            $"BACKUP_FOLDER={backup.Path}",
            "BACKUPS_KEPT=1",
            "sh",
            Repository.PathOf("k8s/base/postgres/base-backup.sh")
        );

    /// <summary>The archive's settings of the manifest, with a folder of the test's.</summary>
    private static IReadOnlyList<string> Archiving(string folder) =>
        [
            .. Repository
                .Text("k8s/base/postgres/postgresql.conf")
                .Split('\n')
                .Where(line => line.StartsWith("archive_", StringComparison.Ordinal))
                .Select(line => line.Split(" = ", 2))
                .SelectMany(pair => new[] { "-c", $"{pair[0]}={pair[1].Trim('\'').Replace("/backup", folder)}" }),
        ];

    /// <summary>What was written last reaches the archive, as it does within a minute by itself.</summary>
    private static async Task Archived(string database, string archive)
    {
        var last = (
            await ProcessStories.Sql(database, "SELECT pg_walfile_name(pg_switch_wal())")
        ).ShouldHaveSingleItem();
        await Awaited.Until(() => Task.FromResult(File.Exists(Path.Combine(archive, last))), $"{last} in the archive");
    }
}
