using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Webhooks.Payloads;

public sealed class FhirPayloadTests
{
    private const string At =
        """ "subject":{"reference":"Patient/p1"},"effectiveDateTime":"2026-03-01T10:00:00+01:00" """;

    [Theory]
    [InlineData(
        "8867-4",
        """{"value":61,"unit":"beats/minute","system":"http://unitsofmeasure.org","code":"/min"}""",
        "heart-rate",
        "61 /min"
    )]
    [InlineData("8867-4", """{"value":61,"unit":"bpm"}""", "heart-rate", "61 bpm")]
    [InlineData("8867-4", """{"value":61,"unit":"beats/min","code":"{beats}/min"}""", "heart-rate", "61 {beats}/min")]
    [InlineData("29463-7", """{"value":160.00,"unit":"lb","code":"[lb_av]"}""", "weight", "160 [lb_av]")]
    [InlineData("29463-7", """{"value":160,"unit":"lbs","code":"LB_AV"}""", "weight", "160 lbs")]
    [InlineData("2339-0", """{"value":95,"code":"mg/dL"}""", "glucose", "95 mg/dL")]
    [InlineData("15074-8", """{"value":6.3,"unit":"mmol/l","code":"mmol/L"}""", "glucose", "6.3 mmol/L")]
    [InlineData("59408-5", """{"value":97,"unit":"%","code":"%"}""", "oxygen-saturation", "97 %")]
    [InlineData("80404-7", """{"value":44,"code":"ms"}""", "heart-rate-variability", "44 ms", " (sdnn)")]
    [InlineData("93832-4", """{"value":7.5,"unit":"hours","code":"h"}""", "sleep", "7.5 h")]
    public void AnObservation_IsItsValueInItsUnit(
        string code,
        string quantity,
        string word,
        string value,
        string detail = ""
    ) =>
        Read($$$"""{"id":"o1","status":"final",{{{Code(code)}}},{{{At}}},"valueQuantity":{{{quantity}}}}""")
            .ShouldBe($"Patient/p1: {word} 2026-03-01T10:00:00+01:00 {value} #o1{detail}");

    [Fact]
    public void ABloodPressure_IsItsTwoComponents() =>
        Read(
                $$$"""
                {"id":"o1","meta":{"versionId":"2","lastUpdated":"1970-01-01T00:00:05Z"},"status":"final",{{{Code(
                    "85354-9"
                )}}},{{{At}}},
                 "component":[{ {{{Code("8462-4")}}},"valueQuantity":{"value":80,"code":"mm[Hg]"}},
                              { {{{Code("8480-6")}}},"valueQuantity":{"value":120,"code":"mm[Hg]"}}]}
                """
            )
            .ShouldBe("Patient/p1: blood-pressure 2026-03-01T10:00:00+01:00 120/80 mm[Hg] #o1 v5000");

    [Theory]
    [InlineData(
        """{"id":"o1","meta":{"versionId":"3"},"status":"entered-in-error",CODE,AT}""",
        "Patient/p1: deleted heart-rate #o1 v3"
    )]
    [InlineData(
        """{"id":"o1","status":"final",CODE,AT,"dataAbsentReason":{"coding":[{"code":"error"}]}}""",
        "Patient/p1: aside heart-rate not-a-number $.resources[0].valueQuantity.value"
    )]
    [InlineData(
        """{"id":"o1","status":"final",CODE,AT,"valueQuantity":{"value":61,"unit":"furlong"}}""",
        "Patient/p1: aside heart-rate unit-unknown $.resources[0].valueQuantity.value"
    )]
    [InlineData(
        """{"id":"o1","status":"final",CODE,"subject":{"reference":"Patient/p1"},"effectiveDateTime":"2015","valueQuantity":{"value":61,"code":"/min"}}""",
        "Patient/p1: aside heart-rate time-missing $.resources[0].valueQuantity.value"
    )]
    [InlineData(
        """{"id":"o1","status":"final",CODE,"subject":{"reference":"Patient/p1"},"effectiveDateTime":"1999-07-02","valueQuantity":{"value":61,"code":"/min"}}""",
        "Patient/p1: heart-rate 1999-07-02T00:00:00+00:00 61 /min #o1"
    )]
    [InlineData(
        """{"id":"o1","status":"final",CODE,"valueQuantity":{"value":61,"code":"/min"}}""",
        ": aside heart-rate user-missing $.resources[0].subject"
    )]
    [InlineData(
        """{"id":"o1","status":"final","code":{"coding":[{"system":"http://loinc.org","code":"8302-2"}]},AT}""",
        ""
    )]
    public void AnObservationWithoutAValueToTake_Is(string observation, string expected) =>
        Read(observation.Replace("CODE", Code("8867-4")).Replace("AT", At)).ShouldBe(expected);

    [Fact]
    public void StepsOfADay_AreItsTotal() =>
        Read(
                $$$"""
                {"id":"o1","status":"final",{{{Code("41950-7")}}},"subject":{"reference":"Patient/p1"},
                 "effectivePeriod":{"start":"2026-03-01T00:00:00+01:00","end":"2026-03-01T23:59:59+01:00"},
                 "valueQuantity":{"value":4200,"unit":"steps"}}
                """
            )
            .ShouldBe("Patient/p1: steps 2026-03-01T00:00:00+01:00..2026-03-02T00:00:00+01:00 4200 steps total #o1");

    [Fact]
    public void ANotificationThatOnlyNamesAnObservation_IsOneToFetch() =>
        NewsText
            .Read("fhir", "Observation", """{"focus":"Observation/o1","resources":[]}""")
            .ShouldBe(": fetch Observation #Observation/o1");

    [Fact]
    public void OtherResources_SayNothingAboutWearables() =>
        NewsText
            .Read("fhir", "Encounter", """{"focus":"Encounter/e1","resources":[{"resourceType":"Encounter"}]}""")
            .ShouldBeEmpty();

    private static string Read(string observation) =>
        NewsText.Read(
            "fhir",
            "Observation",
            $$$"""{"focus":"Observation/o1","resources":[{"resourceType":"Observation",{{{observation[1..]}}}]}"""
        );

    private static string Code(string code) =>
        $$$""" "code":{"coding":[{"system":"http://loinc.org","code":"{{{code}}}"}]} """.Trim();
}
