using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Webhooks.Payloads;

/// <summary>Shapes of tryterra/openapi; values are made up.</summary>
public sealed class TerraPayloadTests
{
    private const string User = """ "user":{"user_id":"u","provider":"OURA","reference_id":"r"} """;

    [Fact]
    public void ADay_IsOfTheDateAsWritten() =>
        Read(
                "daily",
                """
                {"metadata":{"start_time":"2026-04-02T00:00:00.000000+01:00","end_time":"2026-04-03T00:00:00.000000+01:00",
                             "timestamp_localization":1},
                 "distance_data":{"steps":4200,"distance_meters":3100.5},
                 "calories_data":{"net_activity_calories":320,"BMR_calories":1500,"total_burned_calories":1820},
                 "heart_rate_data":{"summary":{"resting_hr_bpm":51,"avg_hr_bpm":70},
                   "detailed":{"hr_samples":[{"timestamp":"2026-04-02T08:00:00.000000+01:00","bpm":61},
                                             {"timestamp":"2026-04-02T08:01:00.000000+01:00","bpm":null}],
                               "hrv_samples_rmssd":[{"timestamp":"2026-04-02T03:00:00+01:00","hrv_rmssd":44}]}},
                 "oxygen_data":{"saturation_samples":[
                   {"timestamp":"2026-04-02T03:00:00+01:00","percentage":97,"type":0},
                   {"timestamp":"2026-04-02T03:00:00+01:00","percentage":70,"type":1}]}}
                """
            )
            .ShouldBe(
                """
                u: steps 2026-04-02T00:00:00+01:00..2026-04-03T00:00:00+01:00 4200 {steps} total
                u: distance 2026-04-02T00:00:00+01:00..2026-04-03T00:00:00+01:00 3100.5 m total
                u: active-energy 2026-04-02T00:00:00+01:00..2026-04-03T00:00:00+01:00 320 kcal total
                u: resting-heart-rate 2026-04-02T00:00:00+01:00..2026-04-03T00:00:00+01:00 51 /min
                u: heart-rate 2026-04-02T08:00:00+01:00 61 /min
                u: heart-rate-variability 2026-04-02T03:00:00+01:00 44 ms (rmssd)
                u: oxygen-saturation 2026-04-02T03:00:00+01:00 97 %
                """
            );

    [Fact]
    public void ADayWithoutOffset_IsTheDateAllTheSame() =>
        Read("daily", """{"metadata":{"start_time":"2026-04-02T00:00:00.000000"},"distance_data":{"steps":1}}""")
            .ShouldBe("u: steps 2026-04-02T00:00:00+00:00..2026-04-03T00:00:00+00:00 1 {steps} total");

    [Fact]
    public void AnActivity_IsItsLengthAndName() =>
        Read(
                "activity",
                """
                {"metadata":{"summary_id":"s-1","start_time":"2026-04-02T10:00:00+01:00",
                             "end_time":"2026-04-02T10:30:00+01:00","type":8,"name":"Morning Run","upload_type":1},
                 "distance_data":{"summary":{"distance_meters":5000,"steps":5200}}}
                """
            )
            .ShouldBe("u: activity 2026-04-02T10:00:00+01:00..2026-04-02T10:30:00+01:00 1800 s #s-1 (running)");

    [Fact]
    public void AnActivityMarkedForDeletion_IsDeleted() =>
        Read("activity", """{"metadata":{"summary_id":"s-1","upload_type":4}}""").ShouldBe("u: deleted activity #s-1");

    [Fact]
    public void ASleep_HasItsHypnogram() =>
        Read(
                "sleep",
                """
                {"metadata":{"summary_id":"n-1","start_time":"2026-04-02T23:00:00+01:00",
                             "end_time":"2026-04-03T00:00:00+01:00"},
                 "sleep_durations_data":{"asleep":{"duration_asleep_state_seconds":3000},
                   "hypnogram_samples":[{"timestamp":"2026-04-02T23:00:00+01:00","level":4},
                                        {"timestamp":"2026-04-02T23:20:00+01:00","level":5},
                                        {"timestamp":"2026-04-02T23:40:00+01:00","level":1},
                                        {"timestamp":"2026-04-02T23:50:00+01:00","level":6}]},
                 "respiration_data":{"breaths_data":{"samples":[{"timestamp":"2026-04-02T23:30:00+01:00","breaths_per_min":14}]},
                   "oxygen_saturation_data":{"samples":[{"timestamp":"2026-04-02T23:30:00+01:00","percentage":96}]}}}
                """
            )
            .ShouldBe(
                """
                u: sleep 2026-04-02T23:00:00+01:00..2026-04-03T00:00:00+01:00 3000 s #n-1 (l1200 d1200 a600 r600)
                u: oxygen-saturation 2026-04-02T23:30:00+01:00 96 %
                u: respiratory-rate 2026-04-02T23:30:00+01:00 14 /min
                """
            );

    [Fact]
    public void ASleepOfSums_SaysThatTheirOrderIsNotKnown() =>
        Read(
                "sleep",
                """
                {"metadata":{"start_time":"2026-04-02T23:00:00+01:00","end_time":"2026-04-03T00:00:00+01:00"},
                 "sleep_durations_data":{"asleep":{"duration_asleep_state_seconds":3000,
                   "duration_deep_sleep_state_seconds":1200,"duration_light_sleep_state_seconds":1800},
                   "awake":{"duration_awake_state_seconds":600}}}
                """
            )
            .ShouldBe("u: sleep 2026-04-02T23:00:00+01:00..2026-04-03T00:00:00+01:00 3000 s (~ d1200 l1800 a600)");

    [Fact]
    public void ABody_IsItsMeasurements() =>
        Read(
                "body",
                """
                {"metadata":{"start_time":"2026-04-02T00:00:00+01:00"},
                 "measurements_data":{"measurements":[{"measurement_time":"2026-04-02T07:00:00+01:00","weight_kg":72.5,
                                                       "bodyfat_percentage":21}],"day_avg_weight_kg":72.5},
                 "blood_pressure_data":{"blood_pressure_samples":[{"timestamp":"2026-04-02T07:05:00+01:00",
                                                                   "systolic_bp":121,"diastolic_bp":80}]},
                 "glucose_data":{"blood_glucose_samples":[{"timestamp":"2026-04-02T07:10:00+01:00",
                                                           "blood_glucose_mg_per_dL":95}]},
                 "temperature_data":{"skin_temperature_samples":[{"timestamp":"2026-04-02T07:15:00+01:00",
                                                                  "temperature_celsius":34.1}]}}
                """
            )
            .ShouldBe(
                """
                u: weight 2026-04-02T07:00:00+01:00 72.5 kg
                u: body-fat 2026-04-02T07:00:00+01:00 21 %
                u: blood-pressure 2026-04-02T07:05:00+01:00 121/80 mm[Hg]
                u: glucose 2026-04-02T07:10:00+01:00 95 mg/dL
                u: skin-temperature 2026-04-02T07:15:00+01:00 34.1 Cel
                """
            );

    [Theory]
    [InlineData("deauth", """{"type":"deauth","user":{"user_id":"u"}}""", "u: disconnected deauth")]
    [InlineData("access_revoked", """{"user":{"user_id":"u"}}""", "u: disconnected access_revoked")]
    [InlineData("connection_error", """{"user":{"user_id":"u"}}""", "u: disconnected connection_error")]
    [InlineData(
        "user_reauth",
        """{"old_user":{"user_id":"u"},"new_user":{"user_id":"u2"}}""",
        "u: disconnected user_reauth"
    )]
    [InlineData("auth", """{"user":{"user_id":"u"}}""", "")]
    [InlineData(
        "s3_payload",
        """{"url":"https://s3.example/x","expires_in":60}""",
        ": fetch s3_payload #https://s3.example/x"
    )]
    [InlineData("nutrition", """{"data":[{}]}""", "")]
    [InlineData("daily", """{"type":"daily","data":[{}]}""", ": aside daily user-missing $.data[0]")]
    [InlineData("tarot", """{"data":[{}]}""", "")]
    public void AnEvent_Is(string type, string body, string expected) =>
        NewsText.Read("terra", type, body).ShouldBe(expected);

    private static string Read(string type, string record) =>
        NewsText.Read("terra", type, $$"""{"type":"{{type}}",{{User}},"data":[{{record}}]}""");
}
