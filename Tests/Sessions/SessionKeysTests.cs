using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using EcosystemSilo.Journal;
using EcosystemSilo.Journal.Memory;
using EcosystemSilo.LoadTests.Processes;
using EcosystemSilo.Senders.Secrets;
using EcosystemSilo.Silo.Sessions;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Sessions;

public sealed class SessionKeysTests : IDisposable
{
    private static readonly string MasterKey = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    private readonly TemporaryFolder _folder = new();
    private readonly MemoryDisk _disk = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task WhatOneGatewayProtects_AnotherOneReads()
    {
        await using var one = await Start();
        await using var other = await Start();

        Protector(other).Unprotect(Protector(one).Protect("session")).ShouldBe("session");
    }

    [Fact]
    public async Task TwoThatMakeAKeyAtTheSameTime_GoByTheSame()
    {
        await using var one = await Start();
        await using var other = await Start();
        // Both have seen that there is none.
        one.Keys.GetAllElements().ShouldBeEmpty();
        other.Keys.GetAllElements().ShouldBeEmpty();

        one.Keys.StoreElement(new XElement("key", "one"), "key-one");
        other.Keys.StoreElement(new XElement("key", "other"), "key-other");

        one.Keys.GetAllElements().ShouldHaveSingleItem().Value.ShouldBe("one");
        other.Keys.GetAllElements().ShouldHaveSingleItem().Value.ShouldBe("one");
    }

    [Fact]
    public async Task AKeyInTheJournal_CannotBeReadWithoutTheMasterKey()
    {
        await using var gateway = await Start();
        _ = Protector(gateway).Protect("session");

        var kept = (
            await gateway.Journal.ListFacts("session-key/", TestContext.Current.CancellationToken)
        ).ShouldHaveSingleItem();

        Encoding.UTF8.GetString(kept.Value.Span).ShouldNotContain("masterKey");
    }

    [Fact]
    public async Task KeysOfTheFormerFolder_AreTakenOverOnce()
    {
        var before = new ServiceCollection();
        before
            .AddDataProtection()
            .SetApplicationName("ecosystem-silo")
            .PersistKeysToFileSystem(new DirectoryInfo(_folder.File("keys")));
        await using var former = before.BuildServiceProvider();
        var cookie = former.GetDataProtector("test").Protect("session");

        await using var one = await Start();
        Directory.Delete(_folder.File("keys"), recursive: true);
        await using var other = await Start();

        Protector(one).Unprotect(cookie).ShouldBe("session");
        Protector(other).Unprotect(cookie).ShouldBe("session");
    }

    private static IDataProtector Protector(Gateway gateway) => gateway.Services.GetDataProtector("test");

    private async Task<Gateway> Start()
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Data:Folder"] = _folder.Path,
            ["Secrets:MasterKey"] = MasterKey,
        };
        var journal = new MemoryJournal(_disk, TimeProvider.System);
        await journal.Open(TestContext.Current.CancellationToken);
        var services = new ServiceCollection().AddLogging();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        services.AddKeySafe();
        services.AddSingleton<IJournal>(_ => journal);
        services.AddSessionKeys();
        var gateway = new Gateway(services.BuildServiceProvider(), journal);
        await gateway.Keys.StartAsync(TestContext.Current.CancellationToken);
        return gateway;
    }

    private sealed record Gateway(ServiceProvider Services, IJournal Journal) : IAsyncDisposable
    {
        public SessionKeys Keys => Services.GetRequiredService<SessionKeys>();

        public ValueTask DisposeAsync() => Services.DisposeAsync();
    }
}
