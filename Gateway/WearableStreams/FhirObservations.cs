using System.Text.Json.Nodes;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.WearableStreams;

namespace EcosystemSilo.Gateway.WearableStreams;

/// <summary>Samples as a Bundle of FHIR R4 Observations, coded by LOINC, measured in UCUM.</summary>
internal static class FhirObservations
{
    private const string Loinc = "http://loinc.org";
    private const string Ucum = "http://unitsofmeasure.org";
    private const string Categories = "http://terminology.hl7.org/CodeSystem/observation-category";

    private static readonly LoincCode Systolic = new("8480-6", "Systolic blood pressure");
    private static readonly LoincCode Diastolic = new("8462-4", "Diastolic blood pressure");

    private static readonly (char Stage, LoincCode Code)[] Stages =
    [
        (SleepStages.Deep, new LoincCode("93831-6", "Deep sleep duration")),
        (SleepStages.Light, new LoincCode("93830-8", "Light sleep duration")),
        (SleepStages.Rem, new LoincCode("93829-0", "REM sleep duration")),
    ];

    private static readonly Measure[] Activities =
    [
        Measure.Steps,
        Measure.Distance,
        Measure.ActiveEnergy,
        Measure.Activity,
        Measure.Sleep,
    ];

    public static JsonObject Bundle(PersonId person, Measure measure, IReadOnlyList<Sample> samples) =>
        new()
        {
            ["resourceType"] = "Bundle",
            ["type"] = "collection",
            ["total"] = samples.Count,
            ["entry"] = new JsonArray([
                .. samples.Select(sample => new JsonObject { ["resource"] = Observation(person, measure, sample) }),
            ]),
        };

    private static JsonObject Observation(PersonId person, Measure measure, Sample sample)
    {
        var facts = Measures.Of(measure);
        var observation = new JsonObject
        {
            ["resourceType"] = "Observation",
            ["status"] = "final",
            ["category"] = new JsonArray(
                new JsonObject
                {
                    ["coding"] = new JsonArray(
                        new JsonObject
                        {
                            ["system"] = Categories,
                            ["code"] = Activities.Contains(measure) ? "activity" : "vital-signs",
                        }
                    ),
                }
            ),
            ["code"] = Concept(facts.Loinc),
            ["subject"] = new JsonObject { ["reference"] = $"Patient/{person}" },
        };
        if (sample.Id is { } id)
        {
            observation["identifier"] = new JsonArray(new JsonObject { ["value"] = id });
        }

        if (sample.End is { } end)
        {
            observation["effectivePeriod"] = new JsonObject { ["start"] = Time(sample.Start), ["end"] = Time(end) };
        }
        else
        {
            observation["effectiveDateTime"] = Time(sample.Start);
        }

        Fill(observation, facts, sample);
        return observation;
    }

    /// <summary>A panel such as blood pressure has no value of its own.</summary>
    private static void Fill(JsonObject observation, MeasureFacts facts, Sample sample)
    {
        if (facts.Measure == Measure.BloodPressure)
        {
            var unit = Units.Of(sample.Unit);
            observation["component"] = new JsonArray(
                Component(Systolic, sample.Canonical, facts.Unit),
                sample.Second is { } second
                    ? Component(Diastolic, unit.ToCanonical(second), facts.Unit)
                    : new JsonObject
                    {
                        ["code"] = Concept(Diastolic),
                        ["dataAbsentReason"] = new JsonObject { ["text"] = "unknown" },
                    }
            );
            return;
        }

        observation["valueQuantity"] = Quantity(sample.Canonical, facts.Unit);
        if (facts.Measure == Measure.Sleep)
        {
            var minutes = SleepStages
                .Read(sample.Detail)
                .GroupBy(run => run.Stage)
                .ToDictionary(stage => stage.Key, stage => stage.Sum(run => run.Length.TotalMinutes));
            var components = Stages
                .Where(stage => minutes.ContainsKey(stage.Stage))
                .Select(stage => (JsonNode?)Component(stage.Code, minutes[stage.Stage], facts.Unit))
                .ToArray();
            if (components.Length > 0)
            {
                observation["component"] = new JsonArray(components);
            }
        }
        else if (sample.Detail is { } detail)
        {
            observation["note"] = new JsonArray(new JsonObject { ["text"] = detail });
        }
    }

    private static JsonObject Component(LoincCode code, double value, string unit) =>
        new() { ["code"] = Concept(code), ["valueQuantity"] = Quantity(value, unit) };

    private static JsonObject Quantity(double value, string unit) =>
        new()
        {
            // Conversions leave noise behind the tenth digit, which a decimal would show.
            ["value"] = Math.Round((decimal)value, 6) / 1.000000000000000000000000000000000m,
            ["unit"] = unit,
            ["system"] = Ucum,
            ["code"] = unit,
        };

    private static JsonObject Concept(LoincCode code) =>
        new()
        {
            ["coding"] = new JsonArray(
                new JsonObject
                {
                    ["system"] = Loinc,
                    ["code"] = code.Code,
                    ["display"] = code.Display,
                }
            ),
        };

    private static string Time(DateTimeOffset time) =>
        time.ToString("yyyy-MM-ddTHH:mm:ss.FFFzzz", System.Globalization.CultureInfo.InvariantCulture);
}
