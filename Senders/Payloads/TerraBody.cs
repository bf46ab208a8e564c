using EcosystemSilo.Grains.Interfaces.WearableStreams;

namespace EcosystemSilo.Senders.Payloads;

/// <summary>What Terra's body record has of single measurements.</summary>
internal static class TerraBody
{
    public static void Read(JsonPlace body, ReadingsBuilder readings)
    {
        foreach (var measurement in body["measurements_data"]["measurements"].Items)
        {
            var when = Occasion.At(measurement["measurement_time"].Time());
            readings.Add(Measure.Weight, when, measurement["weight_kg"], "kg");
            readings.Add(Measure.BodyFat, when, measurement["bodyfat_percentage"], "%");
        }

        foreach (var sample in body["blood_pressure_data"]["blood_pressure_samples"].Items)
        {
            var when = Occasion.At(sample["timestamp"].Time());
            readings.AddPressure(when, sample["systolic_bp"], sample["diastolic_bp"]);
        }

        var glucose = body["glucose_data"];
        ReadGlucose(glucose["blood_glucose_samples"], readings);
        ReadGlucose(glucose["detailed_blood_glucose_samples"], readings);
        TerraSamples.Read(
            body["temperature_data"]["skin_temperature_samples"],
            "temperature_celsius",
            Measure.SkinTemperature,
            "Cel",
            readings
        );
        TerraSamples.ReadHeart(body["heart_data"]["heart_rate_data"], TerraPayload.DayOf(body), readings);
        TerraSamples.ReadOxygen(body["oxygen_data"]["saturation_samples"], readings);
    }

    private static void ReadGlucose(JsonPlace samples, ReadingsBuilder readings) =>
        TerraSamples.Read(samples, "blood_glucose_mg_per_dL", Measure.Glucose, "mg/dL", readings);
}
