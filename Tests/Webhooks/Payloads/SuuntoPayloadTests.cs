using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Webhooks.Payloads;

public sealed class SuuntoPayloadTests
{
    [Theory]
    [InlineData(
        "WORKOUT_CREATED",
        """
            {"type":"WORKOUT_CREATED","username":"johndoe123","workout":{"workoutKey":"6760","activityId":22,
             "startTime":1769900400000,"totalTime":1800.5,"timeOffsetInMinutes":60,"totalDistance":5123.4,
             "stepCount":5000,"energyConsumption":400}}
            """,
        """
            johndoe123: activity 2026-02-01T00:00:00+01:00..2026-02-01T00:30:00.5+01:00 1800.5 s #6760 (trail-running)
            johndoe123: distance 2026-02-01T00:00:00+01:00..2026-02-01T00:30:00.5+01:00 5123.4 m #6760
            johndoe123: active-energy 2026-02-01T00:00:00+01:00..2026-02-01T00:30:00.5+01:00 400 kcal #6760
            """
    )]
    [InlineData(
        "WORKOUT_CREATED",
        """{"username":"johndoe123","workoutid":"6760"}""",
        "johndoe123: fetch workout #6760"
    )]
    [InlineData(
        "SUUNTO_247_ACTIVITY_CREATED",
        """
            {"type":"SUUNTO_247_ACTIVITY_CREATED","username":"j","samples":[
              {"timestamp":"2026-02-01T10:00:00.000+02:00","entryData":{"HR":61,"StepCount":120,"SpO2":0.97,"HRV":41,"EnergyConsumption":4184}},
              {"timestamp":"2026-02-01T10:10:00.000+02:00","entryData":{"HR":null,"SpO2":96}},
              {"timestamp":"soon","entryData":{"HR":62}},
              {"timestamp":"2026-02-01T10:20:00.000+02:00","entryData":{"HR":"63"}}]}
            """,
        """
            j: heart-rate 2026-02-01T10:00:00+02:00 61 /min
            j: steps 2026-02-01T10:00:00+02:00 120 {steps}
            j: oxygen-saturation 2026-02-01T10:00:00+02:00 0.97 1
            j: heart-rate-variability 2026-02-01T10:00:00+02:00 41 ms (rmssd)
            j: oxygen-saturation 2026-02-01T10:10:00+02:00 96 %
            j: aside heart-rate time-missing $.samples[2].entryData.HR
            j: aside heart-rate not-a-number $.samples[3].entryData.HR
            """
    )]
    [InlineData(
        "SUUNTO_247_SLEEP_CREATED",
        """
            {"type":"SUUNTO_247_SLEEP_CREATED","username":"j","samples":[{"timestamp":"2026-05-17T02:13:00.000+02:00",
             "entryData":{"BedtimeStart":"2026-05-17T02:13:00.000+02:00","BedtimeEnd":"2026-05-17T09:19:00.000+02:00",
             "Duration":25560.0,"DeepSleepDuration":5610.0,"LightSleepDuration":17970.0,"REMSleepDuration":1710.0,
             "HRAvg":67.0,"IsNap":false,"SleepId":1778976780}}]}
            """,
        "j: sleep 2026-05-17T02:13:00+02:00..2026-05-17T09:19:00+02:00 25290 s #1778976780 (~ d5610 l17970 r1710 a270)"
    )]
    [InlineData("SUUNTO_247_RECOVERY_CREATED", """{"username":"j","samples":[{"entryData":{"Balance":0.5}}]}""", "")]
    [InlineData("ROUTE_CREATED", """{"username":"j","route":{}}""", "")]
    [InlineData(
        "SUUNTO_247_SLEEP_CREATED",
        """{"samples":[]}""",
        ": aside SUUNTO_247_SLEEP_CREATED user-missing $.username"
    )]
    [InlineData("FRIEND_CREATED", """{"username":"j"}""", "")]
    public void ANotification_Is(string type, string body, string expected) =>
        NewsText.Read("suunto", type, body).ShouldBe(expected);
}
