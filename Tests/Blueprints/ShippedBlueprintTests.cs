using System.Text;
using System.Text.Json;
using EcosystemSilo.Grains.Blueprints;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Blueprints;
using EcosystemSilo.Grains.Interfaces.Lifecycle;
using EcosystemSilo.Senders.Schemes;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Blueprints;

/// <summary>The rules of the two source documents, read back from the files that state them.</summary>
public sealed class ShippedBlueprintTests
{
    private static readonly CategoryId Hospital = new("hospital");
    private static readonly CategoryId Bank = new("bank");

    [Theory]
    [InlineData("acme.yaml", "acme")]
    [InlineData("purposeful-live.yaml", "purposeful-live")]
    public void AShippedFile_IsValid_AndBelongsToItsEcosystem(string fileName, string ecosystem)
    {
        var parse = BlueprintFile.Parse(fileName, ShippedBlueprints.Text(fileName));

        parse.Errors.ShouldBeEmpty();
        parse.Document.ShouldNotBeNull().Ecosystem.ShouldBe(ecosystem);
    }

    [Theory]
    [InlineData("acme.yaml")]
    [InlineData("purposeful-live.yaml")]
    public void ADocument_SurvivesItsStoredForm(string fileName)
    {
        var document = BlueprintFile.Parse(fileName, ShippedBlueprints.Text(fileName)).Document;

        var stored = JsonSerializer.Serialize(document, Wire.Options);
        var restored = JsonSerializer.Deserialize<BlueprintDocument>(stored, Wire.Options);

        JsonSerializer.Serialize(restored, Wire.Options).ShouldBe(stored);
        stored.ShouldContain("\"dealRegistration\":{\"protectionDays\":90");
        Encoding.UTF8.GetByteCount(stored).ShouldBeLessThan(BlueprintLimits.FileBytesMax / 4);
    }

    [Fact]
    public void Acme_HasItsFiveArchetypes() =>
        Ids(ShippedBlueprints.Acme)
            .ShouldBe("system-integrator technology-consultant data-analytics compliance-security medical-device");

    [Fact]
    public void PurposefulLive_HasItsTwentyFourPartnerTypes() =>
        Ids(ShippedBlueprints.PurposefulLive)
            .ShouldBe(
                "hospital medical-practice therapist nutritionist health-insurer life-insurer disability-insurer "
                    + "wearable-manufacturer app-software cloud-infrastructure large-enterprise mid-market "
                    + "small-business bank investment-firm insurance-broker supplement fitness-equipment "
                    + "medical-device publisher podcast-network video-creator university research-institution"
            );

    [Theory]
    [InlineData("tier-1", 2000, 3000, 10_000_000L)]
    [InlineData("tier-2", 1500, 2000, 2_500_000L)]
    [InlineData("tier-3", 1000, 1500, null)]
    public void PurposefulLive_TiersAreThoseOfItsRevenueSharingModel(string tier, int min, int max, long? commitment)
    {
        var rule = ShippedBlueprints.PurposefulLive.Tier(new TierId(tier)).ShouldNotBeNull();

        rule.RevenueShare.ShouldBe(new RevenueShareRange(min, max));
        rule.Requirements.AnnualCommitment.ShouldBe(commitment is { } minor ? new Money(minor, "USD") : null);
    }

    [Theory]
    [InlineData("diamond", 100_000_000, 15, 95, 1, 6)]
    [InlineData("platinum", 50_000_000, 8, 90, 2, 12)]
    [InlineData("gold", 20_000_000, 3, 85, 4, 24)]
    [InlineData("silver", 5_000_000, 1, 80, 24, null)]
    public void Acme_TiersAreThoseOfItsTierStructure(
        string tier,
        long revenue,
        int certified,
        int satisfaction,
        int response,
        int? resolution
    )
    {
        var rule = ShippedBlueprints.Acme.Tier(new TierId(tier)).ShouldNotBeNull();

        rule.Requirements.AnnualInfluencedRevenue.ShouldBe(new Money(revenue, "USD"));
        rule.Requirements.CertifiedStaff.ShouldBe(certified);
        rule.Requirements.SatisfactionPercent.ShouldBe(satisfaction);
        rule.ResponseHours.ShouldBe(response);
        rule.ResolutionHours.ShouldBe(resolution);
    }

    [Fact]
    public void PurposefulLive_PhasesTakeWeekOne_WeeksTwoToFour_WeeksFiveToEight_ThenGoOn() =>
        ShippedBlueprints.PurposefulLive.PartnerPhases.Select(p => p.TimeBoxDays).ShouldBe([7, 21, 28, null]);

    [Fact]
    public void Acme_OnboardingTakesThirtyDays() =>
        ShippedBlueprints.Acme.PartnerPhases.Sum(p => p.TimeBoxDays).ShouldBe(30);

    [Fact]
    public void ANewPartner_StartsInTheLowestTier()
    {
        ShippedBlueprints.Acme.EntryTierId().ShouldBe(new TierId("silver"));
        ShippedBlueprints.PurposefulLive.EntryTierId().ShouldBe(new TierId("tier-3"));
    }

    [Fact]
    public void OnlyThoseWhoTreatPatients_IntegrateAnElectronicHealthRecord()
    {
        var integration = ShippedBlueprints.PurposefulLive.PartnerPhase(Phase.Integration);

        ItemsOf(integration, Hospital).ShouldContain("ehr-integration");
        ItemsOf(integration, Bank).ShouldNotContain("ehr-integration");
        ItemsOf(integration, Bank).ShouldContain("financial-wellness");
    }

    [Fact]
    public void EveryAcmePartner_ShowsItsComplianceBeforeLaunch()
    {
        var acme = ShippedBlueprints.Acme;
        foreach (var category in acme.Categories)
        {
            var items = acme.PartnerPhase(Phase.Integration).Items(new CategoryId(category.Id));
            var required = items.Where(item => item.Required).Select(item => item.Item.Value).ToList();

            required.ShouldContain("hipaa-certification", category.Id);
            required.ShouldContain("soc2-type2", category.Id);
        }
    }

    [Fact]
    public void EveryCategory_HasSomethingRequiredInEveryPhase()
    {
        foreach (var blueprint in new[] { ShippedBlueprints.Acme, ShippedBlueprints.PurposefulLive })
        {
            foreach (var category in blueprint.Categories)
            {
                foreach (var phase in blueprint.PartnerPhases)
                {
                    var items = phase.Items(new CategoryId(category.Id));
                    items.ShouldContain(item => item.Required, $"{category.Id} in {phase.Id}");
                }
            }
        }
    }

    [Theory]
    [InlineData("starter", 5_000_000)]
    [InlineData("professional", 15_000_000)]
    [InlineData("enterprise", 50_000_000)]
    [InlineData("custom", 100_000_000)]
    public void Acme_EditionsHaveTheirListPrices(string product, long minor) =>
        ShippedBlueprints
            .Acme.Product(new ProductId(product))
            .ShouldNotBeNull()
            .ListPricePerYear.ShouldBe(new Money(minor, "USD"));

    [Fact]
    public void PurposefulLive_HasATemplateForEachOfItsFiveStrategicPartnerships() =>
        Templates(ShippedBlueprints.PurposefulLive)
            .ShouldBe([
                ("apple-health", "healthkit"),
                ("google-fit", "health-connect"),
                ("insurer", "standard-webhooks"),
                ("employer", "standard-webhooks"),
                ("health-system", "fhir"),
            ]);

    [Fact]
    public void EveryTemplate_NamesASchemeThatThereIs_AndHasSomethingRequiredBeforeItsProgramScales()
    {
        foreach (var blueprint in new[] { ShippedBlueprints.Acme, ShippedBlueprints.PurposefulLive })
        {
            foreach (var template in blueprint.Templates.ShouldNotBeNull())
            {
                WebhookSchemes.Find(template.Scheme).ShouldNotBeNull(template.Id);
                foreach (var phase in new[] { Phase.Discovery, Phase.Integration, Phase.Launch })
                {
                    template.Items(phase).ShouldContain(item => item.Required, $"{template.Id} in {phase}");
                }
            }
        }
    }

    [Fact]
    public void OutcomesOfTenPeopleOrFewer_AreNotShown()
    {
        ShippedBlueprints.Acme.Outcomes.ShouldNotBeNull().SmallestCell.ShouldBe(11);
        ShippedBlueprints.PurposefulLive.Outcomes.ShouldNotBeNull().SmallestCell.ShouldBe(11);
    }

    private static IEnumerable<(string, string)> Templates(BlueprintDocument blueprint) =>
        blueprint.Templates.ShouldNotBeNull().Select(template => (template.Id, template.Scheme));

    private static string Ids(BlueprintDocument blueprint) => string.Join(' ', blueprint.Categories.Select(c => c.Id));

    private static IEnumerable<string> ItemsOf(PhaseRule phase, CategoryId category) =>
        phase.Items(category).Select(item => item.Item.Value);
}
