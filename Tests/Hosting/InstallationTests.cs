using EcosystemSilo.Journal.Memory;
using EcosystemSilo.Silo.Hosting;
using EcosystemSilo.Silo.Membership;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Hosting;

/// <summary>What the first process of a journal says, all others must agree on, whatever each of them does.</summary>
public sealed class InstallationTests : IAsyncLifetime
{
    private readonly MemoryJournal _journal = new(new MemoryDisk(), TimeProvider.System);

    public async ValueTask InitializeAsync() => await _journal.Open(TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _journal.DisposeAsync();

    [Theory]
    [InlineData(ClusterRole.Silo, ClusterRole.Gateway)]
    [InlineData(ClusterRole.Gateway, ClusterRole.Silo)]
    [InlineData(ClusterRole.Both, ClusterRole.Silo)]
    [InlineData(ClusterRole.Gateway, ClusterRole.Both)]
    public async Task AProcessWithAnotherMasterKey_OrId_OrWayOfTalking_IsRefused(ClusterRole first, ClusterRole second)
    {
        await Check(new ClusterOptions { Role = first });

        await Check(new ClusterOptions { Role = second });
        await Refuses("Secrets__MasterKey", new ClusterOptions { Role = second }, masterKey: "theirs");
        await Refuses(
            "set Cluster__Id=ecosystemsilo, or Data__Folder to",
            new ClusterOptions { Role = second, Id = "blue" }
        );
        await Refuses(
            "Cluster__AllowPlain is true, but the processes of this journal's cluster talk to each other by TLS: "
                + "set Cluster__AllowPlain=false",
            new ClusterOptions { Role = second, AllowPlain = true }
        );
    }

    [Fact]
    public async Task WhereTheOthersTalkInTheClear_OneThatDoesNotIsRefused()
    {
        await Check(new ClusterOptions { Role = ClusterRole.Silo, AllowPlain = true });

        await Refuses(
            "Cluster__AllowPlain is false, but the processes of this journal's cluster talk to each other in the clear",
            new ClusterOptions { Role = ClusterRole.Gateway }
        );
    }

    [Fact]
    public async Task ASingleProcess_HasNobodyToTalkTo_AndSaysNothingOfIt()
    {
        await Check(new ClusterOptions { Role = ClusterRole.Single });

        await Check(new ClusterOptions { Role = ClusterRole.Silo, AllowPlain = true });
    }

    private Task Check(ClusterOptions options, string masterKey = "ours") =>
        Installation.Check(
            _journal,
            options,
            System.Text.Encoding.UTF8.GetBytes(masterKey),
            "Data__Folder",
            TestContext.Current.CancellationToken
        );

    private async Task Refuses(string sentence, ClusterOptions options, string masterKey = "ours")
    {
        var refused = await Should.ThrowAsync<StartRefusedException>(() => Check(options, masterKey));
        refused.Message.ShouldContain(sentence);
        refused.ExitCode.ShouldBe(ExitCodes.OtherInstallation);
    }
}
