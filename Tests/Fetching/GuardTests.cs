using System.Net;
using EcosystemSilo.Grains.Interfaces.WearableStreams;
using EcosystemSilo.Senders.Fetching;
using EcosystemSilo.Senders.Outbound;
using EcosystemSilo.Tests.Outbound;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Fetching;

/// <summary>
/// Whoever creates a source may not have this service look into the own network. A canary listens there; nobody may so
/// much as connect to it. The spellings of addresses are the dialer's own, see <see cref="AddressTests"/>.
/// </summary>
public sealed class GuardTests
{
    [Theory]
    [MemberData(nameof(AddressTests.Forms), MemberType = typeof(AddressTests))]
    public async Task AnAddressInside_IsNeverAsked(string form)
    {
        await using var canary = new Receiver();

        var answer = await Ask(string.Format(form, canary.Port));

        answer.Meaning.ShouldBeOneOf(Answered.Refused, Answered.Failed);
        answer.Reason.ShouldBeOneOf("address-refused", "address-not-of-sender", "unreachable");
        (await canary.Connections()).ShouldBe(0);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("169.254.169.254")]
    public async Task ANameThatLeadsInside_IsNotFollowed_AndNotTriedAgain(string address)
    {
        await using var canary = new Receiver();
        var asked = 0;

        var answer = await Ask(
            $"http://api.example.org:{canary.Port}/",
            resolve: (_, _) =>
            {
                asked++;
                return Task.FromResult<IPAddress[]>([IPAddress.Parse(address)]);
            }
        );

        (answer.Meaning, answer.Reason).ShouldBe((Answered.Refused, "address-refused"));
        (asked, await canary.Connections()).ShouldBe((1, 0));
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task ARedirect_IsNotFollowed(int status)
    {
        await using var canary = new Receiver();
        await using var sender = new Receiver(_ => HttpReply.Of(status, headers: $"Location: {canary.Url}\r\n"));

        var answer = await Ask(sender.Url, allowed: "127.0.0.0/8");

        (answer.Meaning, answer.Reason).ShouldBe((Answered.Refused, $"status-{status}"));
        (await sender.Connections(), await canary.Connections()).ShouldBe((1, 0));
    }

    [Fact]
    public async Task AStreamWhoseSenderIsInside_IsToldWhy_AndKeepsItsTokens()
    {
        await using var canary = await VendorServer.Start(_ => new Answer(200, "{}"));
        await using var silo = await FetchingSilo.Start("oura", canary, networks: "");

        await silo.Ask(new RequestFetch("sleep", "a1", From: null, To: null, Version: 7));

        var stream = await silo.Until(view => view.FetchesGivenUp == 1, "the refusal");
        stream.WhyNotFetched.ShouldBe("address-refused");
        stream.Authorisation.ShouldNotBeNull("nobody has said anything against them");
        canary.Log.ShouldBeEmpty();
    }

    /// <summary>A ping is not signed: whoever knows its source's address could have the token sent to them.</summary>
    [Theory]
    [InlineData("https://garmin.example.org/wellness-api/rest/dailies")]
    [InlineData("https://apis.garmin.com.example.org/wellness-api/rest/dailies")]
    [InlineData("https://apis.garmin.com@example.org/wellness-api/rest/dailies")]
    [InlineData("https://someone@apis.garmin.com/wellness-api/rest/dailies")]
    [InlineData("https://apis.garmin.com:8443/wellness-api/rest/dailies")]
    [InlineData("http://apis.garmin.com/wellness-api/rest/dailies")]
    [InlineData("//example.org/wellness-api/rest/dailies")]
    [InlineData("file:///etc/passwd")]
    public async Task APingToAnotherHost_IsRefused_BeforeItsNameIsLookedUp(string callback)
    {
        var asked = 0;
        var fetch = new PendingFetch(1, "dailies", callback, null, null, 0, false, default, default);

        var answer = await Ask(
            new GarminApi(),
            address: null,
            new GarminApi().First(fetch)!,
            resolve: (_, _) =>
            {
                asked++;
                return Task.FromResult<IPAddress[]>([]);
            }
        );

        (answer.Meaning, answer.Reason, asked).ShouldBe((Answered.Refused, "address-not-of-sender", 0));
    }

    private static Task<VendorAnswer> Ask(string address, string allowed = "", ResolveHost? resolve = null) =>
        Ask(new OuraApi(), new Uri(address), VendorRequest.Get("v2/usercollection/sleep/a1"), allowed, resolve);

    private static async Task<VendorAnswer> Ask(
        IVendorApi api,
        Uri? address,
        VendorRequest request,
        string allowed = "",
        ResolveHost? resolve = null
    )
    {
        var networks = new OutboundOptions { AllowedNetworks = allowed }.Networks();
        using var http = new VendorHttp(new GuardedDialer(resolve ?? Dns.GetHostAddressesAsync, networks));
        return await new VendorClient(api, address, http, TimeProvider.System).Ask(
            FetchingSilo.Stream,
            request,
            "a-token",
            isPast: false,
            TestContext.Current.CancellationToken
        );
    }
}
