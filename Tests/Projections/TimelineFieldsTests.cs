using System.Text.Json;
using EcosystemSilo.Gateway.Auth;
using EcosystemSilo.Gateway.Timelines;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.ApiKeys;
using EcosystemSilo.Grains.Interfaces.Deals;
using EcosystemSilo.Grains.Interfaces.Lists;
using EcosystemSilo.Silo.Projections;
using EcosystemSilo.Tests.Frozen;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Projections;

public sealed class TimelineFieldsTests
{
    private static readonly PartnerId Mine = new("p-1");

    public static TheoryData<Role> Roles => [.. Enum.GetValues<Role>()];

    private static IEnumerable<IEvent> Events => FrozenSamples.All.OfType<IEvent>();

    [Fact]
    public void EveryStoredEvent_SaysWhichOfItsFieldsAreShown()
    {
        var stored = Wire.All.Where(wire => wire.Type.IsAssignableTo(typeof(IEvent))).Select(wire => wire.Name);

        stored.Distinct().Order().ShouldBe(TimelineFields.Names.Order());
    }

    [Fact]
    public void EveryFieldThatIsShown_IsOneOfItsEvent()
    {
        foreach (var happened in Events)
        {
            var row = TimelineFields.Of(Wire.Of(happened).Name);
            foreach (var path in row.Everybody.Concat(row.Staff).Concat(row.People))
            {
                Has(Data(happened), path.Split('.')).ShouldBeTrue($"{Wire.Of(happened).Name} has no {path}");
            }
        }
    }

    [Fact]
    public void AnEventWithoutARow_ShowsNothing() =>
        Shown(Role.EcosystemAdmin, "deal.of-tomorrow", JsonElement.Parse("""{"secret":"x"}""")).ShouldBe("{}");

    [Theory]
    [MemberData(nameof(Roles))]
    public void NoRole_IsShownSamples_SendersUsers_Secrets_OrWhatOthersSent(Role role)
    {
        foreach (var happened in Events)
        {
            var shown = Shown(role, Wire.Of(happened).Name, Data(happened));
            foreach (
                var kept in new[]
                {
                    "c2VhbGVk",
                    "aGFzaA==",
                    "AQICAPbIsv",
                    "user-7",
                    "\"a1\"",
                    "objectId",
                    "M\\u00E4rta",
                    "crm.example.org",
                }
            )
            {
                shown.ShouldNotContain(kept, Case.Sensitive, Wire.Of(happened).Name);
            }
        }
    }

    [Fact]
    public void WhoIsMeant_IsForRolesThatSeePeople_AlsoInTheSentence()
    {
        foreach (var happened in Events)
        {
            var name = Wire.Of(happened).Name;
            Shown(Role.Viewer, name, Data(happened)).ShouldNotContain("person-1", Case.Sensitive, name);
            TimelineSentences.Of(happened).ShouldNotContain("person-1", Case.Sensitive, name);
        }

        Shown(Role.Integration, "program.person-enrolled", Data(Sample("program.person-enrolled")))
            .ShouldContain("person-1");
    }

    [Fact]
    public void APartner_LearnsOfNoOther_WhoDecided_AndOfNoOtherDeal()
    {
        foreach (var happened in Events)
        {
            var name = Wire.Of(happened).Name;
            Shown(Role.Partner, name, Data(happened)).ShouldNotContain("k_1", Case.Sensitive, name);
            TimelineSentences.Of(happened).ShouldNotContain("k_1", Case.Sensitive, name);
        }

        var lost = new DealRejected("The account was won by the deal 'theirs'.");
        Shown(Role.Partner, "deal.rejected", Data(lost)).ShouldBe("{}");
        TimelineSentences.Of(lost).ShouldBe("Rejected: The account was won by another deal.");
    }

    [Theory]
    [InlineData(Role.Partner, "key:mine", "key:mine", "request-7")]
    [InlineData(Role.Partner, "key:another", "key", "")]
    [InlineData(Role.Partner, "source:crm", "source", "")]
    [InlineData(Role.Partner, "deadline", "deadline", "")]
    [InlineData(Role.Viewer, "key:another", "key:another", "request-7")]
    public void OnlyItsOwnRequests_AreNamedToAPartner(Role role, string actor, string told, string correlation)
    {
        var shown = ShownEntry.To(Caller(role), Entry("deal.won", actor, JsonElement.Parse("{}")));

        (shown.Actor, shown.Correlation).ShouldBe((told, correlation));
    }

    private static IEvent Sample(string name) => Events.First(happened => Wire.Of(happened).Name == name);

    private static string Shown(Role role, string name, JsonElement data) =>
        ShownEntry.To(Caller(role), Entry(name, "key:another", data)).Data.GetRawText();

    private static TimelineEntry Entry(string name, string actor, JsonElement data) =>
        new(1, 1, DateTimeOffset.UnixEpoch, name, "It happened", actor, "request-7", data);

    private static Caller Caller(Role role) =>
        new("key:mine", "Mine", role, role == Role.Partner ? Mine : null, [new EcosystemId("acme")]);

    private static JsonElement Data(IEvent happened) => JsonElement.Parse(Wire.Write(happened));

    private static bool Has(JsonElement value, ReadOnlySpan<string> path)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (var element in value.EnumerateArray())
            {
                if (Has(element, path))
                {
                    return true;
                }
            }

            return path.IsEmpty;
        }

        return path.IsEmpty
            || (
                value.ValueKind == JsonValueKind.Object
                && value.TryGetProperty(path[0], out var member)
                && Has(member, path[1..])
            );
    }
}
