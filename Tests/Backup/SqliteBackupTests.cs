using System.Diagnostics;
using System.Text.RegularExpressions;
using EcosystemSilo.LoadTests.Processes;
using EcosystemSilo.Tests.Support;
using Microsoft.Data.Sqlite;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Backup;

/// <summary>The journal in a SQLite file, copied while commands are taken by the command that is documented.</summary>
public sealed partial class SqliteBackupTests(ITestOutputHelper output)
{
    [Fact]
    public async Task ACopyMadeWhileCommandsAreTaken_HasAllThatWasAcknowledged_AndGoesOn()
    {
        using var folder = new TemporaryFolder();
        var journal = folder.File("ecosystemsilo.db");
        var copy = folder.File("copy.db");
        await using var busy = new BusyGateway { Gateway = On(folder, journal) };
        await busy.Start();

        var before = busy.Answers;
        var since = TimeProvider.System.GetTimestamp();
        await Run(Documented().Replace("data/ecosystemsilo.db", journal).Replace("copy.db", copy));
        busy.IsBusy.ShouldBeTrue("The backup was to be made while commands were taken.");
        output.WriteLine(
            $"{before.Count} acknowledged before, {busy.Acknowledged - before.Count} during the backup of "
                + $"{TimeProvider.System.GetElapsedTime(since).TotalMilliseconds:f0} ms"
        );
        await busy.Finish();
        await busy.Gateway.Kill();

        await using (var restored = Open(copy))
        {
            await busy.Judge(restored, before);
        }
        await using var process = On(folder, copy);
        await process.Start();
        await busy.GoesOn(process, before, () => Open(copy));
    }

    private static GatewayProcess On(TemporaryFolder folder, string journal)
    {
        var gateway = new GatewayProcess("Sqlite", $"Data Source={journal}");
        // The keys are no part of the journal, and have to be kept, too.
        gateway.Set("Data__Folder", folder.File("keys"));
        return gateway;
    }

    private static SqliteConnection Open(string file) => new($"Data Source={file};Mode=ReadOnly;Pooling=False");

    private static string Documented() =>
        Command().Match(Repository.Text("docs/operations.md")).Groups["command"].Value;

    private static async Task Run(string command)
    {
        using var shell = Process.Start(
            new ProcessStartInfo("sh", ["-c", command]) { RedirectStandardError = true, UseShellExecute = false }
        )!;
        var errors = await shell.StandardError.ReadToEndAsync();
        await shell.WaitForExitAsync();
        (shell.ExitCode, errors).ShouldBe((0, ""), "This needs SQLite's shell: apt-get install sqlite3");
    }

    [GeneratedRegex(@"`(?<command>sqlite3 data/ecosystemsilo\.db [^`]+)`", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Command();
}
