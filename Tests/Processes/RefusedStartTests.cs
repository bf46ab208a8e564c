using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using EcosystemSilo.LoadTests.Processes;
using EcosystemSilo.Silo.Membership;
using EcosystemSilo.Tests.Support;
using Microsoft.Data.Sqlite;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Processes;

/// <summary>
/// What a process cannot start with: one sentence on stderr that names the setting, and an exit
/// code.
/// </summary>
public sealed class RefusedStartTests(PostgresServer postgres) : IDisposable
{
    private readonly TcpListener _taken = new(IPAddress.Loopback, 0);

    public void Dispose() => _taken.Dispose();

    [Theory]
    [InlineData("Gateway")]
    [InlineData("Both")]
    public async Task SqliteWithSeveralProcesses(string role)
    {
        await using var gateway = new GatewayProcess();
        gateway.JoinCluster(role);

        await Refuses(gateway, ExitCodes.Settings, $"Cluster__Role={role} needs PostgreSQL");
    }

    [Theory]
    [InlineData("Single")]
    [InlineData("Gateway")]
    [InlineData("Both")]
    public async Task ARoleOfTheOtherProgram(string role)
    {
        await using var silo = new SiloProcess("Host=127.0.0.1;Port=1;Username=nobody;Database=none");
        silo.Set("Cluster__Role", role);

        await Refuses(silo, ExitCodes.Settings, $"Cluster__Role={role} is for the gateway's program");
    }

    [Fact]
    public async Task TheRoleOfASilo_InTheGatewaysProgram()
    {
        await using var gateway = new GatewayProcess("PostgreSql", "Host=127.0.0.1;Port=1");
        gateway.JoinCluster("Silo");

        await Refuses(gateway, ExitCodes.Settings, "Cluster__Role=Silo is for the silo's program");
    }

    [Fact]
    public async Task AProcessOfAClusterWithoutAMasterKey()
    {
        await using var silo = new SiloProcess("Host=127.0.0.1;Port=1;Username=nobody;Database=none");
        silo.Set("Secrets__MasterKey", "");

        await Refuses(silo, ExitCodes.Settings, "Cluster__Role=Silo needs Secrets__MasterKey");
    }

    [Theory]
    [InlineData("Database=nowhere", "database \"nowhere\" does not exist")]
    [InlineData("Username=nobody", "role \"nobody\" does not exist")]
    public async Task ADatabaseOrUserThatTheServerDoesNotKnow(string wrong, string reason)
    {
        await using var silo = new SiloProcess($"{await postgres.NewDatabase()};{wrong}");

        await Refuses(silo, ExitCodes.Settings, "Journal__ConnectionString");
        silo.Errors.ShouldContain(reason);
    }

    [Fact]
    public async Task ASiloWithoutPostgres()
    {
        await using var silo = new SiloProcess("Host=127.0.0.1;Port=1;Username=nobody;Database=none");

        await Refuses(silo, ExitCodes.JournalAway, "Check Journal__ConnectionString");
    }

    [Fact]
    public async Task ASettingOfAnySection()
    {
        await using var gateway = new GatewayProcess();
        gateway.Set("Silo__LeaseTime", "1.00:00:00");

        await Refuses(gateway, ExitCodes.Settings, "Silo__LeaseTime must be 1 s to 1 min.");
    }

    [Theory]
    [InlineData("Cluster__SiloPort")]
    [InlineData("Cluster__GatewayPort")]
    public async Task APortOfTheClusterThatIsTaken(string setting)
    {
        await using var silo = new SiloProcess(await postgres.NewDatabase());
        silo.Set(setting, $"{TakenPort()}");

        await Refuses(silo, ExitCodes.PortTaken, $"{setting}={TakenPort()} cannot be opened");
    }

    [Theory]
    [InlineData("Single")]
    [InlineData("Gateway")]
    public async Task AnAddressOfHttpThatIsTaken(string role)
    {
        await using var gateway =
            role == "Single" ? new GatewayProcess() : new GatewayProcess("PostgreSql", await postgres.NewDatabase());
        gateway.JoinCluster(role);
        gateway.Set("ASPNETCORE_URLS", $"http://127.0.0.1:{TakenPort()}");

        await Refuses(gateway, ExitCodes.PortTaken, "ASPNETCORE_URLS");
        gateway.Errors.ShouldContain($":{TakenPort()}");
    }

    [Fact]
    public async Task AnAddressOfHttpThatIsNotThisMachines()
    {
        await using var gateway = new GatewayProcess();
        gateway.Set("ASPNETCORE_URLS", "http://192.0.2.1:5080");

        await Refuses(gateway, ExitCodes.PortTaken, "ASPNETCORE_URLS=http://192.0.2.1:5080 cannot be listened on");
    }

    [Fact]
    public async Task ToldToStopWhileItBegins_AProcessEndsInOrder()
    {
        await using var silo = new SiloProcess(await postgres.NewDatabase());
        silo.Begin();
        // Read by the settings, which are the first that a program reads.
        await Awaited.Until(
            () => Task.FromResult(File.ReadAllText($"/proc/{silo.Id}/maps").Contains("Configuration.Json.dll")),
            "the process to have begun"
        );

        (await silo.Stop()).ShouldBe(0);
        silo.Errors.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("ASPNETCORE_URLS", "nonsense", "ASPNETCORE_URLS has 'nonsense'")]
    [InlineData("ASPNETCORE_URLS", "http://127.0.0.1:99999", "ASPNETCORE_URLS has 'http://127.0.0.1:99999'")]
    [InlineData("ASPNETCORE_HTTP_PORTS", "many", "ASPNETCORE_HTTP_PORTS has 'many'")]
    public async Task WhereItCannotListen(string setting, string value, string sentence)
    {
        await using var gateway = new GatewayProcess();
        gateway.Set(setting, value);

        await Refuses(gateway, ExitCodes.Settings, sentence);
    }

    [Fact]
    public async Task PostgresWithoutADatabase()
    {
        await using var gateway = new GatewayProcess("PostgreSql", "");

        await Refuses(gateway, ExitCodes.Settings, "Journal__ConnectionString is missing");
    }

    [Theory]
    [InlineData("Sqlite")]
    [InlineData("PostgreSql")]
    public async Task AJournalThatAnotherSingleHolds_UntilThatOneIsGone(string provider)
    {
        await using var first = new GatewayProcess(provider, await Journal(provider));
        await using var second = new GatewayProcess(provider, first.ConnectionString);
        var key = NewKey();
        first.Set("Secrets__MasterKey", key);
        second.Set("Secrets__MasterKey", key);
        await first.Start();

        await Refuses(second, ExitCodes.JournalHeld, "Cluster__Role=Single wants this journal for itself alone");

        await first.Kill();
        await second.Start();
    }

    [Fact]
    public async Task ASingleBesideACluster_AndTheOtherWayRound()
    {
        var database = await postgres.NewDatabase();
        await using var single = new GatewayProcess("PostgreSql", database);
        await using var silo = new SiloProcess(database);
        var key = NewKey();
        single.Set("Secrets__MasterKey", key);
        silo.Set("Secrets__MasterKey", key);
        await silo.Start();

        await Refuses(single, ExitCodes.JournalHeld, "Cluster__Role=Single wants this journal for itself alone");

        await silo.Kill();
        await single.Start();
        await Refuses(silo, ExitCodes.JournalHeld, "before one with Cluster__Role=Silo starts");
    }

    [Fact]
    public async Task AnotherClustersJournal()
    {
        await using var gateway = new GatewayProcess();
        await gateway.Start();
        await gateway.Stop();
        gateway.Set("Cluster__Id", "another");

        await Refuses(gateway, ExitCodes.OtherInstallation, "set Cluster__Id=ecosystemsilo");
    }

    [Fact]
    public async Task AnotherMasterKey()
    {
        await using var gateway = new GatewayProcess();
        await gateway.Start();
        await gateway.Stop();
        gateway.Set("Secrets__MasterKey", NewKey());

        await Refuses(gateway, ExitCodes.OtherInstallation, "Secrets__MasterKey");
    }

    [Fact]
    public async Task AJournalOfANewerVersion()
    {
        await using var gateway = new GatewayProcess();
        await gateway.Start();
        await gateway.Stop();
        await using (var journal = new SqliteConnection($"{gateway.ConnectionString};Pooling=False"))
        {
            await journal.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = journal.CreateCommand();
            command.CommandText = "INSERT INTO schema_version (version) VALUES (999)";
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        await Refuses(gateway, ExitCodes.NewerJournal, "The journal's schema has version 999");
    }

    private static async Task Refuses(ServerProcess process, int exitCode, string sentence)
    {
        var code = await process.StartRefused();

        process.Errors.ShouldContain(sentence);
        process.Errors.ShouldNotContain("\n", customMessage: "one sentence, and no stack trace");
        process.Output.ShouldNotContain("   at ", customMessage: "nor one in the log");
        code.ShouldBe(exitCode);
    }

    private async Task<string?> Journal(string provider) => provider == "Sqlite" ? null : await postgres.NewDatabase();

    private int TakenPort()
    {
        _taken.Start();
        return ((IPEndPoint)_taken.LocalEndpoint).Port;
    }

    private static string NewKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
}
