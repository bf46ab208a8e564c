using EcosystemSilo.Grains.Interfaces.ApiKeys;
using EcosystemSilo.Tests.Support;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Operations;

/// <summary>Orleans' dashboard: for admins of the installation, and for nobody where it is not asked for.</summary>
[Collection<OperatedCollection>]
public sealed class DashboardTests(OperatedGateway operated)
{
    private const string Dashboard = "/operations/orleans";

    private static readonly string[] Parts =
    [
        "",
        "/",
        "/index.html",
        "/index.min.js",
        "/index.css",
        "/version",
        "/DashboardCounters",
        "/ClusterStats",
        "/TopGrainMethods",
        "/GrainTypes",
        "/GrainState",
        "/Trace",
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null, 401)]
    [InlineData(Role.Viewer, 403)]
    [InlineData(Role.Partner, 403)]
    [InlineData(Role.Integration, 403)]
    [InlineData(Role.PartnerManager, 403)]
    [InlineData(Role.EcosystemAdmin, 403)]
    public async Task OfOneEcosystem_NobodyGetsAnyPartOfIt(Role? role, int expected)
    {
        using var client = operated.As(role);
        foreach (var part in Parts)
        {
            using var answer = await client.GetAsync($"{Dashboard}{part}", Cancellation);
            ((int)answer.StatusCode).ShouldBe(expected, part);
        }
    }

    [Fact]
    public async Task AnOperator_GetsItsPageScriptsAndFigures_UnderAStrictPolicy()
    {
        foreach (var part in new[] { "/", "/index.min.js", "/index.css", "/DashboardCounters", "/ClusterStats" })
        {
            using var answer = await operated.Operator.GetAsync($"{Dashboard}{part}", Cancellation);
            ((int)answer.StatusCode).ShouldBe(200, part);
            var policy = answer.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem();
            policy.ShouldContain("default-src 'none'");
            policy.ShouldContain("script-src 'self';");
            policy.ShouldContain("frame-ancestors 'none'");
        }

        var counters = await operated.Operator.GetStringAsync($"{Dashboard}/DashboardCounters", Cancellation);
        counters.ShouldContain("hosts");
    }

    [Theory]
    [InlineData("/GrainState?grainId=acme/p-1&grainType=partner")]
    [InlineData("/Trace")]
    public async Task WhatGrainsHold_AndWhatIsLogged_IsClosedEvenThere(string part)
    {
        using var answer = await operated.Operator.GetAsync($"{Dashboard}{part}", Cancellation);

        ((int)answer.StatusCode).ShouldBe(403);
    }

    [Fact]
    public async Task WhereNobodyAskedForIt_ThereIsNone()
    {
        await using var gateway = new RunningGateway();
        using var client = gateway.Client();

        using var answer = await client.GetAsync($"{Dashboard}/", Cancellation);

        ((int)answer.StatusCode).ShouldBe(404);
    }
}
