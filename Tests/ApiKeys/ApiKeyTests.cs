using EcosystemSilo.Grains.ApiKeys;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.ApiKeys;
using EcosystemSilo.Tests.Support;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.ApiKeys;

public sealed class ApiKeyTests
{
    private static readonly IssueApiKey Issue = new("CI", Role.Viewer, Partner: null, "hash", "esk_1");
    private static readonly Story New = Story.Of(ApiKey.Kind, "k_1");
    private static readonly Story Issued = New.Given(Issue);

    [Fact]
    public void IssuingAKey_KeepsItsHashAndPrefix() =>
        New.When(Issue)
            .Then(new ApiKeyIssued("CI", Role.Viewer, Partner: null, "hash", "esk_1", Story.Morning, ExpiresAt: null));

    [Fact]
    public void AKeyOfRolePartner_MustNameItsPartner()
    {
        New.When(Issue with { Role = Role.Partner }).ThenRefused(Refusals.Invalid, "partner");
        New.When(Issue with { Role = Role.Partner, Partner = new PartnerId("p-1") }).Accepted();
    }

    [Fact]
    public void IssuingUnderATakenId_IsRefused() => Issued.When(Issue).ThenRefused(Refusals.AlreadyExists, "id");

    [Fact]
    public void RevokingAKey_RecordsWhoAndWhen() =>
        Issued.By("key:k_2").When(new RevokeApiKey()).Then(new ApiKeyRevoked(Story.Morning, "key:k_2"));

    [Fact]
    public void RevokingAKeyAgain_KeepsTheFirstTime()
    {
        var revoked = Issued.Given(new RevokeApiKey());

        revoked.After(TimeSpan.FromDays(1)).When(new RevokeApiKey()).ThenNothing();
        ((ApiKeyView)revoked.View!).RevokedAt.ShouldBe(Story.Morning);
    }

    [Fact]
    public void ARevokedKey_CannotBeIssuedAgain() =>
        Issued.Given(new RevokeApiKey()).When(Issue).ThenRefused(Refusals.AlreadyExists, "id");

    [Fact]
    public void RevokingAnUnknownKey_IsRefused() => New.When(new RevokeApiKey()).ThenRefused(Refusals.NotFound);
}
