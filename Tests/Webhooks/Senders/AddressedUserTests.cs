using System.Text.Json;
using EcosystemSilo.Senders.Schemes;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Webhooks.Senders;

/// <summary>Senders whose bodies do not say whose they are say it in the address.</summary>
public sealed class AddressedUserTests
{
    public static TheoryData<string> Schemes => ["dexcom", "health-auto-export", "health-connect", "healthkit"];

    [Theory]
    [MemberData(nameof(Schemes))]
    public void TheSameContentOfTwoPeople_IsTwoEvents(string name)
    {
        var (one, again, other, nobody) = (
            Read(name, "?user=p-1"),
            Read(name, "?user=p-1"),
            Read(name, "?user=p-2"),
            Read(name, "")
        );

        one.User.ShouldBe("p-1");
        nobody.User.ShouldBeNull();
        again.Id.ShouldBe(one.Id);
        new[] { one.Id, other.Id, nobody.Id }.ShouldBeUnique();
        new[] { one, other, nobody }.Select(read => Convert.ToHexString(read.Hash.Span)).ShouldBeUnique();
    }

    [Theory]
    [InlineData("?user=", "400 webhook.attribute-invalid")]
    [InlineData("?user=a%20b", "400 webhook.attribute-invalid")]
    [InlineData("?user=a%0ab", "400 webhook.attribute-invalid")]
    [InlineData("?user=%C3%A9", "400 webhook.attribute-invalid")]
    [InlineData("?user=a&user=b", "400 webhook.attribute-invalid")]
    [InlineData("?user={129}", "400 webhook.attribute-invalid")]
    [InlineData("?user={128}", "taken")]
    [InlineData("?user=a%2Fb%23c", "taken")]
    [InlineData("?other=1", "taken")]
    public void AUserInTheAddress_IsOneShortVisibleText(string query, string outcome)
    {
        var address = query.Replace("{129}", new string('u', 129)).Replace("{128}", new string('u', 128));
        foreach (var scheme in Schemes)
        {
            var verdict = Verify(scheme.Data, address);
            (verdict is Rejected refused ? $"{refused.Status} {refused.Code}" : "taken").ShouldBe(outcome);
        }
    }

    private static InboundEvent Read(string name, string query) =>
        Verify(name, query) switch
        {
            Verified verified => verified.Events[0],
            Parted parted => parted.Shape.ToEvent("samples", JsonElement.Parse("""{"samples":[1]}"""), 0),
            var other => throw new InvalidOperationException($"{other}"),
        };

    private static Verdict Verify(string name, string query)
    {
        var scheme = WebhookSchemes.Find(name)!;
        var secret = scheme.FreshSecret();
        var request = Deliveries.Signed(scheme, secret, SenderSample.Of(name).Body);
        return scheme.Verify(request with { Url = $"https://silo.example/hooks/e/s{query}" }, [secret], Deliveries.Now);
    }
}
