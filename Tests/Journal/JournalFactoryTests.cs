using EcosystemSilo.Journal;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Journal;

public sealed class JournalFactoryTests
{
    [Theory]
    [InlineData("Oracle")]
    [InlineData("")]
    [InlineData(null)]
    public void AnUnknownProvider_IsRefused_NamingTheSetting(string? provider) =>
        Should
            .Throw<JournalMisconfiguredException>(() => JournalFactory.Create(provider, "x", TimeProvider.System))
            .Message.ShouldContain("Journal__Provider");

    [Theory]
    [InlineData("Sqlite")]
    [InlineData("PostgreSql")]
    public void AMissingConnectionString_IsRefused_NamingTheSetting(string provider) =>
        Should
            .Throw<JournalMisconfiguredException>(() => JournalFactory.Create(provider, " ", TimeProvider.System))
            .Message.ShouldContain("Journal__ConnectionString");

    [Theory]
    [InlineData("Sqlite", "nonsense")]
    [InlineData("PostgreSql", "nonsense")]
    [InlineData("PostgreSql", "Host=x;Colour=red")]
    public void AConnectionStringThatIsNone_IsRefused_NamingTheSetting(string provider, string connectionString) =>
        Should
            .Throw<JournalMisconfiguredException>(() =>
                JournalFactory.Create(provider, connectionString, TimeProvider.System)
            )
            .Message.ShouldContain("Journal__ConnectionString");
}
