using EcosystemSilo.Grains.Interfaces.WearableStreams;
using EcosystemSilo.Senders.Fetching;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Fetching;

/// <summary>What holds for every sender that is asked, from its notification to what is stored.</summary>
public sealed class VendorContractTests(VendorContract contract) : IClassFixture<VendorContract>
{
    /// <summary>Beyond the 16 MB that an answer may have.</summary>
    private static readonly string TooLarge = $"\"{new string('x', 17 * 1024 * 1024)}\"";

    [Fact]
    public void EverySenderThatIsAsked_IsInTheTable() =>
        VendorCase
            .All.Select(vendor => vendor.Scheme)
            .ShouldBe(VendorApis.All.Select(api => api.Scheme), ignoreOrder: true);

    [Fact]
    public async Task WhatIsAnnounced_IsAskedFor_AndStored()
    {
        var all = await contract.Announce((vendor, asked, _) => vendor.Well(asked));

        foreach (var one in all)
        {
            var stream = await contract.Until(one, IsFetched, $"the data of {one.Case.Scheme}");
            stream.Watermarks.Select(mark => mark.Measure).ShouldBe(one.Case.Stored, ignoreOrder: true);
            stream.ValuesSetAside.ShouldBe(0, one.Case.Scheme);
            one.Log.Select(asked => asked.Decoded).ShouldBe(one.Case.Asked);
            one.Log.ShouldAllBe(asked => asked.Token == "first");
        }
    }

    [Fact]
    public async Task ASenderThatAsksForPatience_IsLeftAlone_AndItIsNoFailure()
    {
        var all = await contract.Announce(
            (vendor, asked, number) => number == 1 ? new Answer(429, "{}", RetryAfter: 1_800) : vendor.Well(asked)
        );

        foreach (var one in all)
        {
            var waits = await contract.Until(one, view => view.Fetches is [{ Trouble: not null }], "the 429");
            (one.Case.Scheme, waits.Fetches[0].Failures, one.Log.Count).ShouldBe((one.Case.Scheme, 0, 1));
            (waits.Fetches[0].DueAt - waits.Fetches[0].RequestedAt).ShouldBeGreaterThan(TimeSpan.FromMinutes(30));
        }

        contract.Silo.Move(TimeSpan.FromMinutes(40));
        foreach (var one in all)
        {
            await contract.Until(one, IsFetched, $"the data of {one.Case.Scheme}");
        }
    }

    [Fact]
    public async Task AFaultOfAMoment_IsNone()
    {
        var all = await contract.Announce(
            (vendor, asked, number) => number == 1 ? new Answer(500, "<html>") : vendor.Well(asked)
        );

        foreach (var one in all)
        {
            await contract.Until(one, IsFetched, $"the data of {one.Case.Scheme}");
            one.Log.Select(asked => asked.Decoded).ShouldBe([one.Case.Asked[0], .. one.Case.Asked]);
        }
    }

    [Fact]
    public async Task TokensThatRanOut_AreReplacedOnce()
    {
        var all = await contract.Announce(
            (vendor, asked, _) =>
                asked.Token == "first" && asked.Path != vendor.TokenPath ? new Answer(401, "{}") : vendor.Well(asked)
        );

        foreach (var one in all)
        {
            await contract.Until(one, IsFetched, $"the data of {one.Case.Scheme}");
            var fresh = one.Log.Where(asked => asked.Path == one.Case.TokenPath).ShouldHaveSingleItem();
            fresh.Form.ShouldContain("grant_type=refresh_token");
            fresh.Form.ShouldContain("refresh_token=refresh-1");
            (fresh.Token ?? "").ShouldNotContain("first");
            one.Log.Where(asked => asked.Token == "second").Select(asked => asked.Decoded).ShouldBe(one.Case.Asked);
        }
    }

    [Fact]
    public async Task APersonWhoTookTheirPermissionBack_MustConnectAgain()
    {
        var all = await contract.Announce(
            (vendor, asked, _) =>
                asked.Path == vendor.TokenPath
                    ? new Answer(400, """{"error":"invalid_grant"}""")
                    : new Answer(401, """{"error":"invalid_token"}""")
        );

        foreach (var one in all)
        {
            var gone = await contract.Until(
                one,
                view => view.Status == StreamStatus.Disconnected,
                $"the disconnection of {one.Case.Scheme}"
            );
            (gone.Why, gone.Authorisation, gone.Fetches.Count).ShouldBe(("reauthorise", null, 0));
        }
    }

    [Fact]
    public async Task AnAnswerThatIsTooLarge_IsRefused_AndNotAskedForAgain()
    {
        var all = await contract.Announce((_, _, _) => new Answer(200, TooLarge));

        foreach (var one in all)
        {
            var stream = await contract.Until(one, view => view.FetchesGivenUp == 1, $"the end of {one.Case.Scheme}");
            (stream.WhyNotFetched, stream.Fetches.Count, one.Log.Count).ShouldBe(("answer-too-large", 0, 1));
            stream.Authorisation.ShouldNotBeNull();
        }
    }

    [Fact]
    public async Task AnAnswerThatIsNoJson_IsAskedForAgain_AndGivenUpInTheEnd()
    {
        var all = await contract.Announce((_, _, _) => new Answer(200, """{"data":[{"""));

        foreach (var one in all)
        {
            var waits = await contract.Until(one, view => view.Fetches is [{ Failures: 1 }], "the first failure");
            (waits.Fetches[0].Trouble, one.Log.Count).ShouldBe(("answer-malformed", 3));
        }

        contract.Silo.Move(TimeSpan.FromDays(4));
        foreach (var one in all)
        {
            var stream = await contract.Until(one, view => view.FetchesGivenUp == 1, $"the end of {one.Case.Scheme}");
            (stream.WhyNotFetched, stream.Fetches.Count).ShouldBe(("answer-malformed", 0));
            stream.Watermarks.ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task WhenAConsentEnds_TheSenderIsTold()
    {
        var all = await contract.ConnectAll(
            (_, asked, _) =>
                new Answer(
                    200,
                    asked.Path == "/v2/signature" ? """{"status":0,"body":{"nonce":"n-1"}}""" : """{"status":0}"""
                )
        );

        foreach (var one in all)
        {
            await contract.Silo.Silo.Accept(one.Stream, new FollowConsent(IsAllowed: false, Serial: 2));
        }

        foreach (var one in all)
        {
            var gone = await contract.Until(one, view => view.Authorisation is null, $"the end of {one.Case.Scheme}");
            (gone.Status, gone.FetchesGivenUp).ShouldBe((StreamStatus.Stopped, 0));
            $"{one.Log.Last()}".ShouldStartWith(
                one.Case.Scheme switch
                {
                    "oura" => "GET /oauth/revoke?access_token=first by first",
                    "withings" => "POST /v2/oauth2 nonce=n-1&userid=o1&action=revoke&client_id=our-id&signature=",
                    "whoop" => "DELETE /developer/v2/user/access by first",
                    "strava" => "POST /oauth/deauthorize access_token=first by first",
                    "fitbit" => "POST /oauth2/revoke token=refresh-1 by Basic b3VyLWlkOm91ci1zZWNyZXQ=",
                    "google-health" => "POST /revoke token=refresh-1 by ",
                    "polar" => "DELETE /v3/users/o1 by first",
                    "garmin" => "DELETE /wellness-api/rest/user/registration by first",
                    _ => "a line in this table",
                }
            );
        }
    }

    private static bool IsFetched(WearableStreamView view) => view is { Fetches: [], LastDataAt: not null };
}
