using EcosystemSilo.LoadTests.Chaos;
using EcosystemSilo.LoadTests.Processes;
using EcosystemSilo.Tests.Support;
using Microsoft.Data.Sqlite;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Crash;

/// <summary>An audit that finds nothing is worth something only if it would have found these.</summary>
[Collection<AloneCollection>]
public sealed class JournalAuditTests
{
    private const int WebhookCount = 50;

    private const string RepeatedEvent =
        "INSERT INTO events SELECT (SELECT max(position) FROM events) + 1, grain, (SELECT max(version) FROM events n "
        + "WHERE n.grain = e.grain) + 1, name, shape, payload, at, correlation, actor, command FROM events e "
        + "WHERE name = 'lifecycle.item-completed' ORDER BY position LIMIT 1;"
        + "UPDATE last_position SET position = position + 1";

    private static readonly (string Fault, string Sql, string Complaint)[] Faults =
    [
        (
            "an acknowledged command is lost, and the positions are closed over it",
            "DELETE FROM inbox WHERE id = 'msg_audit-3_deal'",
            "msg_audit-3_deal was acknowledged and is in the inbox 0 times"
        ),
        ("a command takes effect twice", RepeatedEvent, "has had its effect 2 times"),
        (
            "an effect is missing",
            "UPDATE events SET name = 'lifecycle.renamed' WHERE command = 'msg_audit-1_welcome-package'",
            "msg_audit-1_welcome-package has had its effect 0 times"
        ),
        (
            "the newest event is lost",
            "DELETE FROM events WHERE position = (SELECT max(position) FROM events)",
            "the last position is"
        ),
        (
            "an event in the middle is lost",
            "DELETE FROM events WHERE command = 'msg_audit-2_registered' AND version = 1",
            "positions have a gap"
        ),
        (
            "a version is skipped",
            "UPDATE events SET version = 9 WHERE grain = 'acme/partner/audit-4' AND version = 5",
            "acme/partner/audit-4 has the versions 1 2 3 4 9"
        ),
        (
            "two events of a grain change places",
            "UPDATE events SET version = 30 WHERE grain = 'acme/partner/audit-4' AND version = 3;"
                + "UPDATE events SET version = 3 WHERE grain = 'acme/partner/audit-4' AND version = 4;"
                + "UPDATE events SET version = 4 WHERE grain = 'acme/partner/audit-4' AND version = 30",
            "acme/partner/audit-4 has the versions 1 2 4 3 5"
        ),
        (
            "a stale owner's command stands where another's should",
            "UPDATE events SET command = 'msg_other' WHERE command = 'msg_audit-5_kickoff-meeting'",
            "is in the inbox at a version that another command made"
        ),
        (
            "a deal's claim is forgotten",
            "UPDATE events SET name = 'account.renamed' WHERE name = 'account.protected' AND "
                + "grain = (SELECT min(grain) FROM events WHERE name = 'account.protected')",
            "has 0 claims and 1 answers"
        ),
        (
            "an account protects two deals",
            "UPDATE events SET grain = (SELECT min(grain) FROM events WHERE name = 'account.protected'), version = 2 "
                + "WHERE name = 'account.protected' AND grain = (SELECT max(grain) FROM events "
                + "WHERE name = 'account.protected')",
            "protects 2 deals"
        ),
    ];

    [Fact]
    public async Task PlantedFaults_AreAllFound()
    {
        using var folder = new TemporaryFolder();
        await using var gateway = new GatewayProcess();
        await gateway.Start();
        var source = await gateway.CreateSource("standard-webhooks");
        using var sender = new Sender(source, Family.Many(WebhookCount, "audit"));
        await sender.Send();
        sender.Acknowledged.ShouldBe(WebhookCount, sender.Answers);
        await SettleAndCopy(gateway, source, sender, folder.File("sound.db"));

        (await Audit(folder.File("sound.db"), source, sender)).Violations.ShouldBeEmpty();
        foreach (var (fault, sql, complaint) in Faults)
        {
            File.Copy(folder.File("sound.db"), folder.File("faulty.db"), overwrite: true);
            await Execute(folder.File("faulty.db"), sql);
            var violations = (await Audit(folder.File("faulty.db"), source, sender)).Violations;
            violations.ShouldContain(violation => violation.Contains(complaint), $"{fault} was not found");
        }
    }

    /// <summary>Waits for the reactions, whose last step is a deal's knowledge of its account.</summary>
    private static async Task SettleAndCopy(GatewayProcess gateway, SourceAddress source, Sender sender, string copy)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (true)
        {
            File.Delete(copy);
            await Execute(gateway.ConnectionString["Data Source=".Length..], $"VACUUM INTO '{copy}'");
            var violations = (await Audit(copy, source, sender)).Violations;
            if (violations.Count == 0)
            {
                return;
            }

            TimeProvider
                .System.GetElapsedTime(since)
                .ShouldBeLessThan(TimeSpan.FromSeconds(20), string.Join('\n', violations));
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }
    }

    private static async Task<JournalAudit> Audit(string file, SourceAddress source, Sender sender)
    {
        await using var journal = await Open(file);
        return await JournalAudit.Of(journal, source.Id, sender.Webhooks, sender.Webhooks);
    }

    private static async Task Execute(string file, string sql)
    {
        await using var journal = await Open(file);
        await using var command = journal.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<SqliteConnection> Open(string file)
    {
        var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        await connection.OpenAsync();
        return connection;
    }
}
