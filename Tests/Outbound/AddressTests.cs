using System.Net;
using EcosystemSilo.Senders.Outbound;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Outbound;

/// <summary>
/// Nothing is sent into the own network, however its address is spelled. A canary listens on this machine; nobody may
/// so much as connect to it.
/// </summary>
public sealed class AddressTests
{
    /// <summary>Spellings of addresses of this machine and of networks like its own, with {0} for the port.</summary>
    public static TheoryData<string> Forms =>
        [
            "http://127.0.0.1:{0}/",
            "http://127.0.0.2:{0}/",
            "http://127.1:{0}/",
            "http://127.0.1:{0}/",
            "http://127.255.255.254:{0}/",
            "http://2130706433:{0}/",
            "http://017700000001:{0}/",
            "http://0x7f000001:{0}/",
            "http://0x7f.1:{0}/",
            "http://0x7f.0x0.0x0.0x1:{0}/",
            "http://0177.0.0.1:{0}/",
            "http://0177.0.0.01:{0}/",
            "http://127.0.0.1.:{0}/",
            "http://user:pass@127.0.0.1:{0}/",
            "http://example.org@127.0.0.1:{0}/",
            "http://0:{0}/",
            "http://0.0.0.0:{0}/",
            "http://localhost:{0}/",
            "http://LOCALHOST:{0}/",
            "http://localhost.:{0}/",
            "http://ip6-localhost:{0}/",
            "http://[::1]:{0}/",
            "http://[0:0:0:0:0:0:0:1]:{0}/",
            "http://[::]:{0}/",
            "http://[::ffff:127.0.0.1]:{0}/",
            "http://[::ffff:7f00:1]:{0}/",
            "http://[::ffff:0:127.0.0.1]:{0}/",
            "http://[::127.0.0.1]:{0}/",
            "http://[64:ff9b::127.0.0.1]:{0}/",
            "http://[64:ff9b:1::7f00:1]:{0}/",
            "http://[2002:7f00:1::]:{0}/",
            "http://[2001:0:7f00:1::]:{0}/",
            "http://[fe80::1]:{0}/",
            "http://[fe80::1%25lo]:{0}/",
            "http://[fc00::1]:{0}/",
            "http://[fd12:3456::1]:{0}/",
            "http://[fec0::1]:{0}/",
            "http://[ff02::1]:{0}/",
            "http://[2001:db8::1]:{0}/",
            "http://10.0.0.1:{0}/",
            "http://172.16.0.1:{0}/",
            "http://192.168.1.1:{0}/",
            "http://100.64.0.1:{0}/",
            "http://169.254.169.254:{0}/latest/meta-data/",
            "http://0xa9fea9fe:{0}/latest/meta-data/",
            "http://2852039166:{0}/latest/meta-data/",
            "http://192.0.0.192:{0}/",
            "http://198.18.0.1:{0}/",
            "http://224.0.0.1:{0}/",
            "http://240.0.0.1:{0}/",
            "http://255.255.255.255:{0}/",
        ];

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task AnAddressInside_IsNeverConnectedTo(string form)
    {
        await using var canary = new Receiver();
        using var carrier = Carriers.Of(allowed: "");

        var attempt = await carrier.Post(string.Format(form, canary.Port));

        attempt.Status.ShouldBeNull();
        attempt.Error.ShouldBeOneOf("address-refused", "name-unknown");
        (await canary.Connections()).ShouldBe(0);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("10.1.2.3")]
    public async Task ANameThatLeadsInside_IsNotFollowed(string address)
    {
        await using var canary = new Receiver();
        using var carrier = Carriers.Of(
            allowed: "",
            (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse(address)])
        );

        var attempt = await carrier.Post($"http://innocent.example.org:{canary.Port}/");

        attempt.Error.ShouldBe("address-refused");
        (await canary.Connections()).ShouldBe(0);
    }

    [Fact]
    public async Task OfAName_OnlyTheAddressesThatMayBeDialled_Are()
    {
        await using var allowed = new Receiver();
        IPAddress[] both = [IPAddress.Parse("169.254.169.254"), IPAddress.Loopback];
        using var carrier = Carriers.Of("127.0.0.1/32", (_, _) => Task.FromResult(both));

        (await carrier.Post($"http://both.example.org:{allowed.Port}/")).Status.ShouldBe(204);
    }

    [Fact]
    public async Task ANameThatResolvesOtherwiseTheSecondTime_LeadsNowhereElse()
    {
        await using var canary = new Receiver();
        var asked = 0;
        using var carrier = Carriers.Of(
            allowed: "",
            (_, _) =>
                Task.FromResult<IPAddress[]>(
                // The first answer is public and leads nowhere from a test; each later one is the canary.
                [
                    Interlocked.Increment(ref asked) == 1 ? IPAddress.Parse("::ffff:8.8.8.8") : IPAddress.Loopback,
                ])
        );

        for (var attempt = 0; attempt < 3; attempt++)
        {
            (await carrier.Post($"http://rebinding.example.org:{canary.Port}/")).Status.ShouldBeNull();
        }

        asked.ShouldBe(3, "one look-up for each connection, and that address is the one that is judged");
        (await canary.Connections()).ShouldBe(0);
    }

    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("172.15.255.255", true)]
    [InlineData("172.32.0.0", true)]
    [InlineData("100.63.255.255", true)]
    [InlineData("100.128.0.0", true)]
    [InlineData("223.255.255.255", true)]
    [InlineData("2606:4700:4700::1111", true)]
    [InlineData("2001:200::1", true)]
    [InlineData("2001:1ff::1", false)]
    [InlineData("2003::1", true)]
    [InlineData("4000::1", false)]
    [InlineData("1fff::1", false)]
    public void TheBordersOfThePublicInternet_AreWhereTheRegistriesDrawThem(string address, bool isPublic) =>
        PublicAddresses.Contain(IPAddress.Parse(address)).ShouldBe(isPublic);
}
