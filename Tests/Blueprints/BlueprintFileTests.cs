using System.Diagnostics;
using EcosystemSilo.Grains.Blueprints;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Lifecycle;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Blueprints;

public sealed class BlueprintFileTests
{
    [Fact]
    public void ASmallBlueprint_IsValid()
    {
        var parse = BlueprintFile.Parse("small.yaml", SmallBlueprint.Text);

        parse.Errors.ShouldBeEmpty();
        parse.IsValid.ShouldBeTrue();
    }

    /// <summary>Each row: what is replaced, by what, and the place and rule of the only error.</summary>
    [Theory]
    // The form of the YAML.
    [InlineData("groups:", "groups: [", "7:3 yaml-syntax")]
    [InlineData("name: Small Program", "name: \"Small", "2:7 yaml-syntax")]
    [InlineData("name: Top", "name: [Top", "18:11 yaml-syntax")]
    [InlineData("name: Top", "name: Top\0", "18:14 control-character")]
    [InlineData("name: Top", "name: T\u0085p", "18:12 control-character")]
    [InlineData("name: Top", "name: \"\\uD83Dp\"", "18:11 yaml-syntax")]
    [InlineData("currency: USD", "currency: USD\nlabel: \"2.0\"", "6:1 duplicate-key")]
    [InlineData("{ id: care,", "{ id: care, id: cure,", "7:17 duplicate-key")]
    [InlineData("currency: USD", "currency: &money USD", "5:11 anchor")]
    [InlineData("currency: USD", "currency: *money", "5:11 alias")]
    [InlineData("label: \"1.0\"", "label: !!str 1.0", "4:8 tag")]
    [InlineData("label: \"1.0\"", "[label]: \"1.0\"", "4:1 key-not-text")]
    [InlineData("name: Top", "name: \"T\\0p\"", "18:11 control-character")]
    [InlineData("title: A", "---\ntitle: A", "3:1 multiple-documents")]
    [InlineData("benefits: []", "benefits: [[[[[[[[[[[[[[[]]]]]]]]]]]]]]]", "29:28 nesting-too-deep")]
    // The schema.
    [InlineData("label: \"1.0\"", "label: 1.0", "4:8 type")]
    [InlineData("protectionDays: 90", "protectionDays: ninety", "54:19 type")]
    [InlineData("protectionDays: 90", "protectionDays: 0x5A", "54:19 type")]
    [InlineData("protectionDays: 90", "protectionDays: 99999999999999999999", "54:19 type")]
    [InlineData("required: true", "required: yes", "37:44 type")]
    [InlineData("title: A program for tests", "title:", "3:7 type")]
    [InlineData("benefits: []", "benefits: none", "29:15 type")]
    [InlineData("    group: care\n", "", "9:5 required")]
    [InlineData("protectionDays: 90", "protectionDay: 90", "54:3 required; 54:3 unknown-property")]
    [InlineData("ecosystem: small", "ecosystem: Small Program", "1:12 pattern")]
    [InlineData("source: A §Categories", "source: somewhere", "12:13 pattern")]
    [InlineData("queueRule: first-right-of-refusal", "queueRule: auction", "56:14 enum")]
    [InlineData("approvers: [partner-manager]", "approvers: [anybody]", "58:15 enum")]
    [InlineData("approvers: [partner-manager]", "approvers: [viewer, viewer]", "58:23 unique-items")]
    [InlineData("approvers: [partner-manager]", "approvers: []", "58:14 min-items")]
    [InlineData("protectionDays: 90", "protectionDays: 0", "54:19 minimum")]
    [InlineData("maxBasisPoints: 3000", "maxBasisPoints: 10001", "20:59 maximum")]
    [InlineData("name: Top", "name: ''", "18:11 min-length")]
    [InlineData("  - { id: scale, name: Scale, checklist: [], source: A §Phases }\n", "", "32:3 min-items")]
    // The rules between the parts.
    [InlineData("- id: base", "- id: top", "15:12 unknown-tier; 24:9 duplicate-id")]
    [InlineData("{ id: visit,", "{ id: meet,", "38:15 duplicate-id")]
    [InlineData("categories: [clinic]", "categories: [clinic, clinics]", "38:93 unknown-category")]
    [InlineData("group: care", "group: cure", "11:12 unknown-group")]
    [InlineData("entryTier: base", "entryTier: silver", "15:12 unknown-tier")]
    [InlineData("rank: 2", "rank: 1", "26:11 duplicate-rank")]
    [InlineData("rank: 2", "rank: 3", "26:11 rank-gap")]
    [InlineData("{ certifiedStaff: 5 }", "{ certifiedStaff: 0 }", "21:37 tier-order")]
    [InlineData("{ certifiedStaff: 5 }", "{}", "21:19 tier-order")]
    [InlineData("minBasisPoints: 1000", "minBasisPoints: 2001", "13:37 reversed-range")]
    [InlineData("min: { minor: 100,", "min: { minor: 901,", "14:27 reversed-range")]
    [InlineData("min: 1, max: 9", "min: 10, max: 9", "7:70 reversed-range")]
    [InlineData("{ minor: 5000, currency: USD }", "{ minor: 5000, currency: EUR }", "52:48 foreign-currency")]
    [InlineData("    timeBoxDays: 7\n", "", "32:5 missing-time-box")]
    [InlineData("{ id: launch,", "{ id: scale,", "40:11 phase-order")]
    [InlineData("listPricePerYear: { minor: 5000, currency: USD }", "listPriceIsMinimum: true", "52:25 missing-price")]
    [InlineData("name: Find, timeBoxDays: 30, checklist: []", DealItem, "43:132 deal-without-category")]
    [InlineData("name: Agree\n    timeBoxDays: 10", "name: Agree", "62:5 missing-time-box")]
    [InlineData("{ id: launch, name: Invite", "{ id: scale, name: Invite", "69:11 phase-order")]
    [InlineData("title: Goals,", "title: Goals, categories: [clinic],", "67:48 program-without-category")]
    [InlineData(Terms, "", "62:3 missing-terms")]
    [InlineData("enrolmentOpensIn: launch", "enrolmentOpensIn: lunch", "71:58 enum")]
    [InlineData("smallestCell: 11", "smallestCell: 0", "72:27 minimum")]
    [InlineData("smallestCell: 11", "smallestCell: 1001", "72:27 maximum")]
    [InlineData("category: clinic\n", "category: zoo\n", "76:15 unknown-category")]
    [InlineData("programType: clinical-study", "programType: raffle", "77:18 enum")]
    [InlineData("{ id: subscribe,", "{ id: goals,", "81:15 duplicate-id")]
    public void ABrokenBlueprint_IsRefused_WithPlaceAndRule(string part, string replacement, string expected)
    {
        var parse = BlueprintFile.Parse("small.yaml", SmallBlueprint.With(part, replacement));

        string.Join("; ", parse.Errors.Select(e => $"{e.Line}:{e.Column} {e.Rule}").Order(StringComparer.Ordinal))
            .ShouldBe(expected, string.Join('\n', parse.Errors));
        parse.IsValid.ShouldBeFalse();
    }

    private const string Terms =
        "programTerms: { renewalNoticeDays: 60, enrolmentOpensIn: launch, source: A §Programs }\n";

    private const string DealItem =
        "name: Find, timeBoxDays: 30, checklist: "
        + "[{ id: ask, title: Ask, required: true, source: A §Deals, categories: [clinic] }]";

    [Theory]
    [InlineData("", "empty-file")]
    [InlineData("# nothing but a comment", "empty-file")]
    [InlineData("just text", "type")]
    [InlineData("- a list", "type")]
    public void AFileThatIsNoBlueprint_IsRefused(string text, string rule) =>
        BlueprintFile
            .Parse("x.yaml", text)
            .Errors.ShouldHaveSingleItem()
            .ToString()
            .ShouldStartWith($"x.yaml:1:1: {rule}: ");

    [Theory]
    [InlineData('\uD83D')]
    [InlineData('\uDE00')]
    public void HalfACharacter_IsRefused(char half)
    {
        var text = SmallBlueprint.With("Small Program", $"Small{half}Program");

        BlueprintFile.Parse("x.yaml", text).Errors.ShouldHaveSingleItem().Rule.ShouldBe("lone-surrogate");
    }

    [Fact]
    public void AWholeCharacterOutsideTheBasicPlane_IsAccepted() =>
        BlueprintFile.Parse("x.yaml", SmallBlueprint.With("Small Program", "Small 😀")).Errors.ShouldBeEmpty();

    [Fact]
    public void AnError_ReadsAsFile_Line_Column_Rule_Message()
    {
        var text = SmallBlueprint.With("categories: [clinic]", "categories: [clinics]");

        BlueprintFile
            .Parse("acme.yaml", text)
            .Errors.ShouldHaveSingleItem()
            .ToString()
            .ShouldBe("acme.yaml:38:85: unknown-category: 'clinics' is none of the categories: clinic");
    }

    [Fact]
    public void ACurrencyThatIso4217DoesNotHave_IsRefused()
    {
        var text = SmallBlueprint.Text.Replace("currency: USD", "currency: XAU");

        BlueprintFile
            .Parse("small.yaml", text)
            .Errors.Select(e => (e.Line, e.Rule))
            .ShouldBe([(5, "unknown-currency")]);
    }

    [Fact]
    public void SeveralErrors_AreReportedTogether_InFileOrder()
    {
        var text = SmallBlueprint.With("rank: 2", "rank: two").Replace("label: \"1.0\"", "label: 1.0");

        BlueprintFile
            .Parse("small.yaml", text)
            .Errors.Select(e => (e.Line, e.Rule))
            .ShouldBe([(4, "type"), (26, "type")]);
    }

    [Fact]
    public void AFileAboveTheSizeLimit_IsRefused()
    {
        var padding = new string('#', BlueprintLimits.FileBytesMax);

        BlueprintFile
            .Parse("small.yaml", $"{SmallBlueprint.Text}\n{padding}")
            .Errors.ShouldHaveSingleItem()
            .Rule.ShouldBe("file-too-large");
    }

    [Fact]
    public void AFileOfNonsense_HasABoundedNumberOfErrors()
    {
        var text = string.Concat(Enumerable.Range(0, 5000).Select(i => $"unknown{i}: {i}\n"));

        BlueprintFile.Parse("x.yaml", text).Errors.Count.ShouldBe(BlueprintLimits.ErrorsMax);
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{a: ")]
    [InlineData("- ")]
    [InlineData("? ")]
    public void DeepNesting_IsRefusedFast(string opening)
    {
        var text = string.Concat(Enumerable.Repeat(opening, BlueprintLimits.FileBytesMax / opening.Length));
        var watch = Stopwatch.StartNew();

        var error = BlueprintFile.Parse("x.yaml", text).Errors.ShouldHaveSingleItem();

        error.Rule.ShouldBeOneOf("nesting-too-deep", "key-not-text", "yaml-syntax");
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(5), "reading must stay cheap");
    }

    [Fact]
    public void TheSmallBlueprint_AnswersTheQuestionsOfDeciders()
    {
        var small = BlueprintFile.Parse("small.yaml", SmallBlueprint.Text).Document.ShouldNotBeNull();
        var clinic = new CategoryId("clinic");

        small.HasCategory(clinic).ShouldBeTrue();
        small.HasCategory(new CategoryId("zoo")).ShouldBeFalse();
        small.EntryTierId().ShouldBe(new TierId("base"));
        small.NextTier(new TierId("base")).ShouldNotBeNull().Id.ShouldBe("top");
        small.NextTier(new TierId("top")).ShouldBeNull();
        small.PartnerPhase(Phase.Launch).TimeBox().ShouldBe(TimeSpan.FromDays(28));
        small.DealPhase(Phase.Scale).TimeBox().ShouldBeNull();
        small.PartnerPhase(Phase.Discovery).Items(clinic).Select(i => i.Item.Value).ShouldBe(["meet", "visit"]);
        small.PartnerPhase(Phase.Discovery).Items().ShouldBe([new PhaseItem(new ItemId("meet"), "Meet")]);
        small.AcceptsProduct(new ProductId("basic")).ShouldBeTrue();
        small.AcceptsProduct(new ProductId("other")).ShouldBeFalse();
        small.DealRegistration.Protection().ShouldBe(TimeSpan.FromDays(90));
        small.DealRegistration.ApprovalTime().ShouldBe(TimeSpan.FromHours(48));
        small.DealRegistration.FirstRefusalTime().ShouldBe(TimeSpan.FromDays(14));
        small.DealRegistration.MayApprove("partner-manager").ShouldBeTrue();
        small.DealRegistration.MayApprove("partner").ShouldBeFalse();
        small.ProgramPhase(Phase.Launch).ShouldNotBeNull().TimeBox().ShouldBe(TimeSpan.FromDays(10));
        var platform = small.Template(new TemplateId("platform")).ShouldNotBeNull();
        platform.Items(Phase.Integration).ShouldBe([new PhaseItem(new ItemId("subscribe"), "Subscribe")]);
        platform.Items(Phase.Launch).ShouldBeEmpty();
        small.Template(new TemplateId("other")).ShouldBeNull();
    }

    [Fact]
    public void ABlueprintWithoutPrograms_IsValid_AndTemplatesNeedThem()
    {
        var programs = SmallBlueprint.Text.IndexOf("programPhases:", StringComparison.Ordinal);
        var templates = SmallBlueprint.Text.IndexOf("templates:", StringComparison.Ordinal);
        var without = SmallBlueprint.Text[..programs];

        var parse = BlueprintFile.Parse("small.yaml", without);

        parse.Errors.ShouldBeEmpty();
        parse.Document!.ProgramPhase(Phase.Launch).ShouldBeNull();
        BlueprintFile
            .Parse("small.yaml", without + SmallBlueprint.Text[templates..])
            .Errors.ShouldHaveSingleItem()
            .Rule.ShouldBe("missing-phases");
    }
}
