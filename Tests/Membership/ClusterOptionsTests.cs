using EcosystemSilo.Silo.Membership;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Membership;

public sealed class ClusterOptionsTests
{
    [Fact]
    public void WithoutSettings_AProcessIsWhatItsProgramIs()
    {
        var options = Read([]);

        options.Role.ShouldBe(ClusterRole.Single);
        options.Id.ShouldBe("ecosystemsilo");
        options.SiloPort.ShouldBe(11111);
        options.GatewayPort.ShouldBe(30000);
        options.AllowPlain.ShouldBeFalse();
        Addresses.Advertised(options).ToString().ShouldBe("127.0.0.1");
    }

    [Fact]
    public void Settings_AreRead()
    {
        var options = Read([
            new("Cluster:Role", "gateway"),
            new("Cluster:Id", "blue"),
            new("Cluster:SiloPort", "1"),
            new("Cluster:GatewayPort", "65535"),
            new("Cluster:AdvertisedAddress", "10.0.0.7"),
            new("Cluster:AllowPlain", "true"),
            new("Journal:Provider", "postgresql"),
        ]);

        options.Role.ShouldBe(ClusterRole.Gateway);
        options.Id.ShouldBe("blue");
        options.SiloPort.ShouldBe(1);
        options.GatewayPort.ShouldBe(65535);
        options.AllowPlain.ShouldBeTrue();
        Addresses.Advertised(options).ToString().ShouldBe("10.0.0.7");
    }

    [Theory]
    [InlineData("Role", "Silos", "Cluster__Role must be Single, Silo, Gateway or Both.")]
    [InlineData("Role", "7", "Cluster__Role must be Single, Silo, Gateway or Both.")]
    [InlineData("Role", "3", "Cluster__Role must be Single, Silo, Gateway or Both.")]
    [InlineData("Role", "Silo,Gateway", "Cluster__Role must be Single, Silo, Gateway or Both.")]
    [InlineData("Id", "", "Cluster__Id must be 1 to 64 letters, digits, dots, hyphens and underscores.")]
    [InlineData("Id", "a b", "Cluster__Id must be 1 to 64 letters, digits, dots, hyphens and underscores.")]
    [InlineData("SiloPort", "0", "Cluster__SiloPort must be 1 to 65535.")]
    [InlineData("SiloPort", "many", "Cluster__SiloPort must be 1 to 65535.")]
    [InlineData("DrainTime", "soon", "Cluster__DrainTime must be a time from 00:00:00 to 00:01:00.")]
    [InlineData("DrainTime", "00:01:01", "Cluster__DrainTime must be a time from 00:00:00 to 00:01:00.")]
    [InlineData("AllowPlain", "perhaps", "Cluster__AllowPlain must be true or false.")]
    [InlineData("GatewayPort", "65536", "Cluster__GatewayPort must be 1 to 65535.")]
    [InlineData("GatewayPort", "11111", "Cluster__GatewayPort must not be Cluster__SiloPort.")]
    [InlineData(
        "AdvertisedAddress",
        "0.0.0.0",
        "Cluster__AdvertisedAddress must be the IP address of one machine, such as 10.0.0.7."
    )]
    [InlineData(
        "AdvertisedAddress",
        "224.0.0.1",
        "Cluster__AdvertisedAddress must be the IP address of one machine, such as 10.0.0.7."
    )]
    [InlineData(
        "AdvertisedAddress",
        "1",
        "Cluster__AdvertisedAddress must be the IP address of one machine, such as 10.0.0.7."
    )]
    [InlineData(
        "AdvertisedAddress",
        "ff02::1",
        "Cluster__AdvertisedAddress must be the IP address of one machine, such as 10.0.0.7."
    )]
    [InlineData(
        "AdvertisedAddress",
        "silo.example",
        "Cluster__AdvertisedAddress must be the IP address of one machine, such as 10.0.0.7."
    )]
    [InlineData(
        "Role",
        "Silo",
        "Cluster__Role=Silo needs PostgreSQL (Journal__Provider=PostgreSql): a SQLite file belongs to one process."
    )]
    public void ASettingThatCannotBeUsed_IsNamed(string setting, string value, string sentence) =>
        Should
            .Throw<OptionsValidationException>(() => Read([new($"Cluster:{setting}", value)]))
            .Failures.ShouldBe([sentence]);

    [Fact]
    public void ASiloAmongOthers_IsNotKnownByAnAddressThatOnlyItsMachineReaches_WhereItHasAnother()
    {
        var advertised = Addresses.Advertised(new ClusterOptions { Role = ClusterRole.Silo });

        Addresses.Listening(advertised).ShouldBe(advertised);
        Addresses.Listening(System.Net.IPAddress.Parse("192.0.2.1")).ShouldBe(System.Net.IPAddress.Any);
    }

    private static ClusterOptions Read(KeyValuePair<string, string?>[] settings) =>
        ClusterSettings.Read(
            new ConfigurationBuilder().AddInMemoryCollection(settings).Build(),
            byDefault: ClusterRole.Single
        );
}
