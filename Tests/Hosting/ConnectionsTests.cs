using EcosystemSilo.Journal;
using EcosystemSilo.Journal.Postgres;
using EcosystemSilo.Silo.Hosting;
using EcosystemSilo.Silo.Membership;
using Npgsql;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Hosting;

/// <summary>How many connections to PostgreSQL the processes of a cluster may open, all together.</summary>
public sealed class ConnectionsTests
{
    private const int Silos = 3;
    private const int Gateways = 2;

    /// <summary>What PostgreSQL accepts unless it is told otherwise.</summary>
    private const int Accepted = 100;

    /// <summary>PostgreSQL keeps these for its administrator.</summary>
    private const int Reserved = 3;

    /// <summary>The one that holds the journal.</summary>
    private const int Hold = 1;

    [Fact]
    public void ThreeSilosAndTwoGateways_FitIntoWhatPostgresAcceptsUnlessToldOtherwise()
    {
        var all = (Silos * Of(ClusterRole.Silo)) + (Gateways * Of(ClusterRole.Gateway));

        all.ShouldBeLessThanOrEqualTo(Accepted - Reserved);
    }

    [Theory]
    [InlineData("Host=db", 7)]
    [InlineData("Host=db;Maximum Pool Size=50", 50)]
    [InlineData("Host=db;MaxPoolSize=50", 50)]
    public void TheConnectionString_HasTheLastWord(string connectionString, int expected)
    {
        using var source = PostgresSettings.Source(connectionString, connections: 7);

        new NpgsqlConnectionStringBuilder(source.ConnectionString).MaxPoolSize.ShouldBe(expected);
    }

    [Theory]
    [InlineData("Host=db", JournalLimits.PostgresReadSeconds)]
    [InlineData("Host=db;Command Timeout=9", 9)]
    [InlineData("Host=db;CommandTimeout=9", 9)]
    public void WhatItLeavesOpen_IsFilledIn(string connectionString, int expected)
    {
        using var source = PostgresSettings.Source(connectionString, connections: 7);

        new NpgsqlConnectionStringBuilder(source.ConnectionString).CommandTimeout.ShouldBe(expected);
    }

    [Theory]
    [InlineData(nameof(ClusterRole.Single))]
    [InlineData(nameof(ClusterRole.Both))]
    public void AProcessThatDoesEverything_HasAsManyAsEver(string role) =>
        Enum.Parse<ClusterRole>(role).JournalConnections().ShouldBe(JournalLimits.PostgresConnectionsMax);

    private static int Of(ClusterRole role) => role.JournalConnections() + MembershipLimits.ConnectionsMax + Hold;
}
