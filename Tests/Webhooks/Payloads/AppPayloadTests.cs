using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Webhooks.Payloads;

/// <summary>What apps on a person's phone post. The user is the one of the address.</summary>
public sealed class AppPayloadTests
{
    [Theory]
    [InlineData(
        """{"name":"step_count","units":"count","data":[{"date":"2026-01-02 03:04:00 +0100","qty":12,"source":"iPhone|Watch"}]}""",
        "p: steps 2026-01-02T03:04:00+01:00 12 count"
    )]
    [InlineData(
        """{"name":"heart_rate","units":"bpm","data":[{"date":"2026-01-02 03:04:00 -0430","Min":60,"Avg":64.5,"Max":70}]}""",
        "p: heart-rate 2026-01-02T03:04:00-04:30 64.5 bpm"
    )]
    [InlineData(
        """{"name":"active_energy","units":"kJ","data":[{"date":"2026-01-02 03:04:00 +0100","qty":12.5}]}""",
        "p: active-energy 2026-01-02T03:04:00+01:00 12.5 kJ"
    )]
    [InlineData(
        """{"name":"walking_running_distance","units":"mi","data":[{"date":"2026-01-02 03:04:00 +0100","qty":1.5}]}""",
        "p: distance 2026-01-02T03:04:00+01:00 1.5 mi"
    )]
    [InlineData(
        """{"name":"blood_pressure","units":"mmHg","data":[{"date":"2026-01-02 03:04:00 +0100","systolic":120,"diastolic":80}]}""",
        "p: blood-pressure 2026-01-02T03:04:00+01:00 120/80 mmHg"
    )]
    [InlineData(
        """{"name":"blood_glucose","units":"mmol/L","data":[{"date":"2026-01-02 03:04:00 +0100","qty":5.4,"mealTime":"Before Meal"}]}""",
        "p: glucose 2026-01-02T03:04:00+01:00 5.4 mmol/L"
    )]
    [InlineData(
        """{"name":"heart_rate_variability","units":"ms","data":[{"date":"2026-01-02 03:04:00 +0100","qty":41}]}""",
        "p: heart-rate-variability 2026-01-02T03:04:00+01:00 41 ms (sdnn)"
    )]
    [InlineData(
        """{"name":"sleep_analysis","units":"hr","data":[{"date":"2026-01-02","totalSleep":7,"asleep":0,"core":4,"deep":1,"rem":2,"awake":0.5,"inBed":8,"sleepStart":"2026-01-01 23:00:00 +0100","sleepEnd":"2026-01-02 06:30:00 +0100"}]}""",
        "p: sleep 2026-01-01T23:00:00+01:00..2026-01-02T06:30:00+01:00 7 hr (~ d3600 l14400 r7200 a1800)"
    )]
    [InlineData(
        """{"name":"sleep_analysis","units":"hr","data":[{"date":"2026-01-02","asleep":7,"core":0,"deep":0,"rem":0}]}""",
        "p: aside sleep time-missing $.data.metrics[0].data[0]"
    )]
    [InlineData(
        """{"name":"sleep_analysis","units":"hr","data":[{"startDate":"2026-01-01 23:00:00 +0100","endDate":"2026-01-01 23:30:00 +0100","qty":0.5,"value":"Core"},{"startDate":"2026-01-01 23:30:00 +0100","endDate":"2026-01-01 23:35:00 +0100","value":"Awake"},{"startDate":"2026-01-01 22:30:00 +0100","endDate":"2026-01-02 06:35:00 +0100","value":"In Bed"}]}""",
        "p: sleep 2026-01-01T23:00:00+01:00..2026-01-01T23:30:00+01:00 1800 s (l1800)\n"
            + "p: sleep 2026-01-01T23:30:00+01:00..2026-01-01T23:35:00+01:00 0 s (a300)"
    )]
    [InlineData(
        """{"name":"weight_body_mass","units":"stones","data":[{"date":"2026-01-02 03:04:00 +0100","qty":11}]}""",
        "p: aside weight unit-unknown $.data.metrics[0].data[0].qty"
    )]
    [InlineData(
        """{"name":"weight_body_mass","units":"lb","data":[{"date":"2026-01-02","qty":"160"},{"date":"2026-01-03 08:00:00 +0100","qty":161}]}""",
        "p: weight 2026-01-03T08:00:00+01:00 161 lb\n" + "p: aside weight not-a-number $.data.metrics[0].data[0].qty"
    )]
    [InlineData("""{"name":"handwashing","units":"s","data":[{"date":"2026-01-02","qty":20}]}""", "")]
    public void AMetricOfHealthAutoExport_Is(string metric, string expected) =>
        NewsText
            .Read("health-auto-export", "metrics", $$$"""{"data":{"metrics":[{{{metric}}}]}}""", user: "p")
            .ShouldBe(expected);

    [Fact]
    public void AWorkoutOfHealthAutoExport_IsItsLengthAndName() =>
        NewsText
            .Read(
                "health-auto-export",
                "workouts",
                """
                {"data":{"workouts":[
                  {"id":"w-1","name":"Outdoor Run","start":"2026-01-02 10:00:00 +0100","end":"2026-01-02 10:31:00 +0100",
                   "duration":1800,"distance":{"qty":5,"units":"km"},"activeEnergyBurned":{"qty":400,"units":"kcal"}},
                  {"name":"Yoga","start":"2026-01-02 11:00:00 +0100","end":"2026-01-02 11:30:00 +0100"}]}}
                """,
                user: "p"
            )
            .ShouldBe(
                """
                p: activity 2026-01-02T10:00:00+01:00..2026-01-02T10:31:00+01:00 1800 s #w-1 (outdoor-run)
                p: activity 2026-01-02T11:00:00+01:00..2026-01-02T11:30:00+01:00 1800 s (yoga)
                """
            );

    [Fact]
    public void DataThatIsNull_IsNoNews() =>
        NewsText.Read("health-auto-export", "metrics", """{"data":null}""", user: "p").ShouldBe("");

    [Theory]
    [InlineData(
        """{"steps":[{"count":8421,"start_time":"2026-05-08T00:00:00Z","end_time":"2026-05-09T00:00:00Z"}]}""",
        "p: steps 2026-05-08T00:00:00+00:00..2026-05-09T00:00:00+00:00 8421 {steps}"
    )]
    [InlineData(
        """{"heart_rate":[{"bpm":72,"time":"2026-05-09T08:15:00.123Z"},{"time":"2026-05-09T08:16:00Z"}]}""",
        "p: heart-rate 2026-05-09T08:15:00.123+00:00 72 /min\np: aside heart-rate not-a-number $.heart_rate[1].bpm"
    )]
    [InlineData(
        """{"sleep":[{"session_end_time":"2026-05-09T06:00:00Z","duration_seconds":3600,"stages":[{"stage":"4","start_time":"2026-05-09T05:00:00Z","end_time":"2026-05-09T05:30:00Z","duration_seconds":1800},{"stage":"1","start_time":"2026-05-09T05:30:00Z","end_time":"2026-05-09T05:40:00Z"},{"stage":"REM","start_time":"2026-05-09T05:40:00Z","end_time":"2026-05-09T06:00:00Z"}]}]}""",
        "p: sleep 2026-05-09T05:00:00+00:00..2026-05-09T06:00:00+00:00 3000 s (l1800 a600 r1200)"
    )]
    [InlineData(
        """{"sleep":[{"session_end_time":"2026-05-09T06:00:00Z","duration_seconds":3600,"stages":[]}]}""",
        "p: sleep 2026-05-09T05:00:00+00:00..2026-05-09T06:00:00+00:00 3600 s"
    )]
    [InlineData(
        """{"weight":[{"kilograms":72.5,"time":"2026-05-09T08:15:00Z"}],"body_fat":[{"percentage":20,"time":"2026-05-09T08:15:00Z"}]}""",
        "p: weight 2026-05-09T08:15:00+00:00 72.5 kg\np: body-fat 2026-05-09T08:15:00+00:00 20 %"
    )]
    [InlineData(
        """{"blood_pressure":[{"systolic":120,"diastolic":80,"time":"2026-05-09T08:15:00Z"},{"systolic":120,"diastolic":"80","time":"2026-05-09T08:16:00Z"},{"diastolic":80,"time":"2026-05-09T08:17:00Z"}]}""",
        "p: blood-pressure 2026-05-09T08:15:00+00:00 120/80 mm[Hg]\n"
            + "p: aside blood-pressure not-a-number $.blood_pressure[1].diastolic\n"
            + "p: aside blood-pressure not-a-number $.blood_pressure[2].systolic"
    )]
    [InlineData(
        """{"blood_glucose":[{"mmol_per_liter":5.4,"time":"2026-05-09T08:15:00Z"}],"oxygen_saturation":[{"percentage":97,"time":"2026-05-09T08:15:00Z"}]}""",
        "p: glucose 2026-05-09T08:15:00+00:00 5.4 mmol/L\np: oxygen-saturation 2026-05-09T08:15:00+00:00 97 %"
    )]
    [InlineData(
        """{"skin_temperature":[{"time":"2026-05-09T08:15:00Z","delta_celsius":0.5,"baseline_celsius":33},{"time":"2026-05-09T08:16:00Z","delta_celsius":0.5}]}""",
        "p: skin-temperature 2026-05-09T08:15:00+00:00 33.5 Cel"
    )]
    [InlineData(
        """{"exercise":[{"type":"EXERCISE_TYPE_RUNNING","start_time":"2026-05-09T08:00:00Z","end_time":"2026-05-09T08:30:00Z","duration_seconds":1800,"distance_meters":5000}]}""",
        "p: activity 2026-05-09T08:00:00+00:00..2026-05-09T08:30:00+00:00 1800 s (running)"
    )]
    [InlineData("""{"total_calories":[{"calories":10,"start_time":"2026-05-09T08:00:00Z"}],"app_version":"1"}""", "")]
    public void AnArrayOfHealthConnect_Is(string body, string expected) =>
        NewsText.Read("health-connect", "any", body, user: "p").ShouldBe(expected);

    [Theory]
    [InlineData(
        """{"uuid":"u-1","type":"HKQuantityTypeIdentifierHeartRate","value":61,"unit":"count/min","startDate":"2026-01-02T03:04:05+01:00","endDate":"2026-01-02T03:04:05+01:00"}""",
        "p: heart-rate 2026-01-02T03:04:05+01:00 61 count/min #u-1"
    )]
    [InlineData(
        """{"uuid":"u-1","type":"HKQuantityTypeIdentifierStepCount","value":12,"unit":"count","start":"2026-01-02T03:04:05\u002B01:00","end":"2026-01-02T03:05:05\u002B01:00"}""",
        "p: steps 2026-01-02T03:04:05+01:00..2026-01-02T03:05:05+01:00 12 count #u-1"
    )]
    [InlineData(
        """{"uuid":"u-1","type":"HKQuantityTypeIdentifierOxygenSaturation","value":0.97,"unit":"%","start":"2026-01-02T03:04:05Z"}""",
        "p: oxygen-saturation 2026-01-02T03:04:05+00:00 0.97 1 #u-1"
    )]
    [InlineData(
        """{"uuid":"u-1","type":"HKQuantityTypeIdentifierBloodGlucose","value":5.4,"unit":"mmol<180.1558800000541>/L","start":"2026-01-02T03:04:05Z"}""",
        "p: glucose 2026-01-02T03:04:05+00:00 5.4 mmol<180.1558800000541>/L #u-1"
    )]
    [InlineData(
        """{"uuid":"u-1","type":"HKCorrelationTypeIdentifierBloodPressure","systolic":120,"diastolic":80,"unit":"mmHg","start":"2026-01-02T03:04:05Z"}""",
        "p: blood-pressure 2026-01-02T03:04:05+00:00 120/80 mmHg #u-1"
    )]
    [InlineData(
        """{"uuid":"u-1","type":"HKCategoryTypeIdentifierSleepAnalysis","value":4,"startDate":"2026-01-02T03:00:00+01:00","endDate":"2026-01-02T03:10:00+01:00"}""",
        "p: sleep 2026-01-02T03:00:00+01:00..2026-01-02T03:10:00+01:00 600 s #u-1 (d600)"
    )]
    [InlineData(
        """{"uuid":"u-1","type":"HKCategoryTypeIdentifierSleepAnalysis","value":0,"startDate":"2026-01-02T03:00:00+01:00","endDate":"2026-01-02T03:10:00+01:00"}""",
        ""
    )]
    [InlineData(
        """{"uuid":"u-1","type":"HKWorkoutTypeIdentifier","activityType":"traditionalStrengthTraining","duration":1800,"startDate":"2026-01-02T03:00:00+01:00","endDate":"2026-01-02T03:40:00+01:00"}""",
        "p: activity 2026-01-02T03:00:00+01:00..2026-01-02T03:40:00+01:00 1800 s #u-1 (traditional-strength-training)"
    )]
    [InlineData(
        """{"uuid":"u-1","type":"HKQuantityTypeIdentifierHeartRate","value":61,"start":"2026-01-02T03:04:05Z"}""",
        "p: aside heart-rate unit-unknown $.samples[0].value"
    )]
    [InlineData(
        """{"uuid":"u-1","type":"HKQuantityTypeIdentifierHeartRate","value":61,"unit":"count/min"}""",
        "p: aside heart-rate time-missing $.samples[0].value"
    )]
    [InlineData("""{"uuid":"u-1","type":"HKQuantityTypeIdentifierNumberOfTimesFallen","value":1}""", "")]
    public void ASampleOfHealthKit_Is(string sample, string expected) =>
        NewsText.Read("healthkit", "samples", $$"""{"samples":[{{sample}}]}""", user: "p").ShouldBe(expected);

    [Fact]
    public void DeletedUuids_AreDeletedReadings() =>
        NewsText
            .Read("healthkit", "deleted", """{"deleted":["u-1",{"uuid":"u-2","type":"any"}]}""", user: "p")
            .ShouldBe("p: deleted #u-1\np: deleted #u-2");

    [Theory]
    [InlineData(
        """{"recordType":"egv","recordVersion":"3.0","userId":"d1","records":[{"recordId":"r1","systemTime":"2026-03-01T10:00:00Z","displayTime":"2026-03-01T02:00:30-08:00","value":120,"unit":"mg/dL","trend":"flat"},{"recordId":"r2","systemTime":"2026-03-01T10:05:00Z","value":null,"status":"low","unit":"mg/dL"}]}""",
        "p: glucose 2026-03-01T02:00:00-08:00 120 mg/dL #r1\np: aside glucose not-a-number $.records[1].value"
    )]
    [InlineData(
        """{"unit":"mmol/L","rateUnit":"mmol/L/min","egvs":[{"systemTime":"2026-03-01T10:00:00","displayTime":"2026-03-01T15:32:00","value":6.5,"realtimeValue":6.4}]}""",
        "p: glucose 2026-03-01T15:30:00+05:30 6.5 mmol/L"
    )]
    [InlineData("""{"recordType":"calibration","records":[{"value":120}]}""", "")]
    public void AnswersOfDexcom_AreGlucose(string body, string expected) =>
        NewsText.Read("dexcom", "egv", body, user: "p").ShouldBe(expected);
}
