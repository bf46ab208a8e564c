using System.Collections.Frozen;
using System.Globalization;
using EcosystemSilo.Grains.Interfaces.WearableStreams;
using EcosystemSilo.Senders.Schemes;

namespace EcosystemSilo.Senders.Payloads;

/// <summary>
/// Observations of FHIR R4 and R5 in a subscription's notification, by their LOINC codes (HL7 vital signs, physical
/// activity and personal health record guides). The user is the subject's reference as it is written. A unit is taken
/// by its UCUM code, else by its text; wrong spellings that servers use are in <see cref="Units"/>. A notification that
/// only names an Observation is one to fetch.
/// </summary>
internal sealed class FhirPayload : IPayloadReader
{
    private const string PressurePanel = "85354-9";
    private const string Systolic = "8480-6";
    private const string Diastolic = "8462-4";
    private const string StepsOfDay = "41950-7";

    private static readonly FrozenDictionary<string, Measure> ByLoinc = new Dictionary<string, Measure>
    {
        ["8867-4"] = Measure.HeartRate,
        ["40443-4"] = Measure.RestingHeartRate,
        ["80404-7"] = Measure.HeartRateVariability,
        ["55423-8"] = Measure.Steps,
        [StepsOfDay] = Measure.Steps,
        ["55430-3"] = Measure.Distance,
        ["41981-2"] = Measure.ActiveEnergy,
        ["55424-6"] = Measure.ActiveEnergy,
        ["55411-3"] = Measure.Activity,
        ["93832-4"] = Measure.Sleep,
        ["59408-5"] = Measure.OxygenSaturation,
        ["2708-6"] = Measure.OxygenSaturation,
        ["9279-1"] = Measure.RespiratoryRate,
        ["39106-0"] = Measure.SkinTemperature,
        [PressurePanel] = Measure.BloodPressure,
        ["2339-0"] = Measure.Glucose,
        ["15074-8"] = Measure.Glucose,
        ["41653-7"] = Measure.Glucose,
        ["99504-3"] = Measure.Glucose,
        ["105272-9"] = Measure.Glucose,
        ["29463-7"] = Measure.Weight,
        ["41982-0"] = Measure.BodyFat,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public IReadOnlyList<News>? Read(InboundEvent inbound)
    {
        var (body, news) = (new JsonPlace(inbound.Data), new NewsBuilder());
        var isAboutValues = false;
        foreach (var resource in body["resources"].Items)
        {
            if (resource["resourceType"].Is("Observation"))
            {
                isAboutValues = true;
                ReadObservation(resource, news);
            }
        }

        if (!isAboutValues && inbound.Type == "Observation" && body["focus"].Text is { } focus)
        {
            isAboutValues = true;
            news.Add(new FetchNews("", inbound.Type, focus, From: null, To: null, Version: 0));
        }

        return isAboutValues ? news.Build() : null;
    }

    private static void ReadObservation(JsonPlace observation, NewsBuilder news)
    {
        if (CodeOf(observation) is not { } code)
        {
            return;
        }

        if (UserIds.Read(observation["subject"]["reference"].Text) is not { } user)
        {
            news.SetAsideForNobody(Measures.Of(ByLoinc[code]).Word, observation["subject"]);
            return;
        }

        var readings = news.Of(user);
        var (id, version) = (observation["id"].Scalar, VersionOf(observation["meta"]));
        if (observation["status"].Is("entered-in-error"))
        {
            readings.Delete(id, ByLoinc[code], version);
            return;
        }

        var when = WhenOf(observation, code)?.KnownBy(id, version);
        if (code == PressurePanel)
        {
            ReadPressure(observation, when, readings);
        }
        else
        {
            ReadQuantity(ByLoinc[code], when, observation, readings);
        }
    }

    /// <summary>Without a value there is a reason for its absence, and nothing to store.</summary>
    private static void ReadQuantity(Measure measure, Occasion? when, JsonPlace observation, ReadingsBuilder readings)
    {
        var quantity = observation["valueQuantity"];
        var (code, text) = (quantity["code"].Text ?? "", quantity["unit"].Text ?? "");
        var unit = Units.Find(measure, code) is not null ? code : text;
        var detail = measure == Measure.HeartRateVariability ? "sdnn" : null;
        readings.Require(measure, when?.With(detail), quantity["value"], unit.Length > 0 ? unit : code);
    }

    private static void ReadPressure(JsonPlace observation, Occasion? when, ReadingsBuilder readings)
    {
        var components = observation["component"].Items.ToList();
        var systolic = components.Find(part => HasCode(part["code"], Systolic));
        var diastolic = components.Find(part => HasCode(part["code"], Diastolic));
        if (systolic is null || diastolic is null)
        {
            readings.SetAside(Measure.BloodPressure, SetAsideReasons.NotANumber, observation["component"]);
            return;
        }

        var quantity = systolic["valueQuantity"];
        var unit = quantity["code"].Text ?? quantity["unit"].Text ?? "";
        readings.AddPressure(when, quantity["value"], diastolic["valueQuantity"]["value"], unit);
    }

    private static string? CodeOf(JsonPlace observation) =>
        observation["code"]
            ["coding"]
            .Items.Where(coding => !coding["system"].IsThere || coding["system"].Is("http://loinc.org"))
            .Select(coding => coding["code"].Text)
            .FirstOrDefault(code => code is not null && ByLoinc.ContainsKey(code));

    private static bool HasCode(JsonPlace concept, string code) =>
        concept["coding"].Items.Any(coding => coding["code"].Is(code));

    /// <summary>Partial dates are legal: a day is its midnight, a year alone no time.</summary>
    private static Occasion? WhenOf(JsonPlace observation, string code)
    {
        var period = observation["effectivePeriod"];
        var moment = observation["effectiveDateTime"].Time() ?? observation["effectiveInstant"].Time();
        var when = Occasion.At(moment) ?? Occasion.Between(period["start"].Time(), period["end"].Time());
        return code == StepsOfDay && when is { Start: var start }
            ? Occasion.Day(DateOnly.FromDateTime(start.DateTime), start.Offset)?.AsDailyTotal()
            : when;
    }

    private static long VersionOf(JsonPlace meta) =>
        meta["lastUpdated"].Time()?.ToUnixTimeMilliseconds()
        ?? (
            long.TryParse(meta["versionId"].Scalar, NumberStyles.None, CultureInfo.InvariantCulture, out var version)
                ? version
                : 0
        );
}
