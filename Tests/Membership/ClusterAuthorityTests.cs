using System.Net;
using System.Security.Cryptography.X509Certificates;
using EcosystemSilo.Silo.Membership;
using EcosystemSilo.Tests.Support;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Membership;

public sealed class ClusterAuthorityTests
{
    private const string Servers = ClusterAuthority.OfServers;
    private const string Clients = ClusterAuthority.OfClients;

    /// <summary>As long as a name may be.</summary>
    private static readonly string Name = new('c', 64);

    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly ClusterAuthority _here = new(new OpenSafe("ours"), Name);
    private readonly ClusterAuthority _there = new(new OpenSafe("ours"), Name);

    [Fact]
    public void ProcessesWithTheSameMasterKeyAndName_KnowEachOther_BothWays()
    {
        using var silo = _there.Issue(Now, Servers, Clients);
        using var gateway = _there.Issue(Now, Clients);

        Knows(silo, Servers).ShouldBeTrue();
        Knows(silo, Clients).ShouldBeTrue();
        Knows(gateway, Clients).ShouldBeTrue();
        Knows(gateway, Servers).ShouldBeFalse("a gateway is not a silo");
    }

    [Fact]
    public void AnotherMasterKey_AnotherName_AndACertificateOfItsOwnMaking_AreStrangers()
    {
        using var otherKey = new ClusterAuthority(new OpenSafe("theirs"), Name).Issue(Now, Servers, Clients);
        using var otherName = new ClusterAuthority(new OpenSafe("ours"), "blue").Issue(Now, Servers, Clients);
        using var selfSigned = SelfSigned.Certificate(Name, Now);

        Knows(otherKey, Clients).ShouldBeFalse();
        Knows(otherName, Clients).ShouldBeFalse();
        Knows(selfSigned, Clients).ShouldBeFalse();
        Knows(_there.Certificate, Clients).ShouldBeFalse("the authority itself is no process");
    }

    [Fact]
    public void ACertificateThatNamesNoUsage_IsAStrangers()
    {
        using var without = _there.Issue(Now);

        Knows(without, Clients).ShouldBeFalse();
        Knows(without, Servers).ShouldBeFalse();
    }

    [Theory]
    [InlineData(29, true)]
    [InlineData(-29, true)]
    [InlineData(31, false)]
    [InlineData(-31, false)]
    public void ClocksOfMachines_MayBeWeeksApart(int days, bool isKnown)
    {
        using var made = _there.Issue(Now.AddDays(days), Clients);

        Knows(made, Clients).ShouldBe(isKnown);
    }

    [Fact]
    public void AProcessThatRunsForYears_MakesItselfANewCertificateEachDay()
    {
        var clock = new ManualClock(Now);
        var own = new OwnCertificate(_here, ClusterRole.Silo, clock);
        var first = own.Current();

        own.Current().ShouldBeSameAs(first);
        clock.Advance(MembershipLimits.CertificateAge + TimeSpan.FromMinutes(1));
        var second = own.Current();
        clock.Advance(TimeSpan.FromDays(700));

        second.Thumbprint.ShouldNotBe(first.Thumbprint);
        own.Current()
            .NotAfter.ToUniversalTime()
            .ShouldBe((clock.GetUtcNow() + MembershipLimits.CertificateMargin).UtcDateTime);
    }

    [Fact]
    public void AClockThatIsPutBack_MakesANewCertificate()
    {
        var clock = new ManualClock(Now);
        var own = new OwnCertificate(_here, ClusterRole.Gateway, clock);
        var first = own.Current();

        clock.Jump(-TimeSpan.FromDays(40));

        own.Current().Thumbprint.ShouldNotBe(first.Thumbprint);
    }

    [Fact]
    public void StrangersAreToldOf_OnceInAWhile_AndCounted()
    {
        var clock = new ManualClock();
        var lines = new RareLines(clock);

        lines.Next().ShouldBe(1);
        Enumerable.Range(0, 100).Select(_ => lines.Next()).ShouldAllBe(count => count == null);
        clock.Advance(MembershipLimits.StrangersLineEvery);

        lines.Next().ShouldBe(101);
    }

    [Fact]
    public void AnAddressHoldsOnlySoManyConnectionsThatHaveNotProvedThemselves()
    {
        var handshakes = new Handshakes();
        var begun = Enumerable
            .Range(0, MembershipLimits.HandshakesMax)
            .Select(_ => handshakes.Begin(IPAddress.Loopback))
            .ToArray();

        begun.ShouldAllBe(one => one != null);
        handshakes.Begin(IPAddress.Loopback).ShouldBeNull();
        handshakes.Begin(IPAddress.IPv6Loopback).ShouldNotBeNull("others do not feel it");
        begun[0]!.End().ShouldBeTrue();
        begun[0]!.End().ShouldBeFalse();
        handshakes.Begin(IPAddress.Loopback).ShouldNotBeNull();
        handshakes.Begin(IPAddress.Loopback).ShouldBeNull();
    }

    private bool Knows(X509Certificate2 certificate, string usage)
    {
        using var chain = new X509Chain { ChainPolicy = _here.PolicyFor(usage, Now) };
        return chain.Build(certificate) && _here.IsOfCluster(certificate, chain, usage);
    }
}
