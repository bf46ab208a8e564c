using System.Globalization;
using System.Text.Json;
using EcosystemSilo.Senders.Payloads;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Webhooks.Payloads;

public sealed class SenderTimeTests
{
    [Theory]
    [InlineData("2026-01-02T03:04:05Z", "2026-01-02T03:04:05.0000000+00:00")]
    [InlineData("2026-01-02T03:04:05+01:00", "2026-01-02T03:04:05.0000000+01:00")]
    [InlineData("2026-01-02T03:04:05.000000-04:30", "2026-01-02T03:04:05.0000000-04:30")]
    [InlineData("2026-01-02T03:04:05.123456789Z", "2026-01-02T03:04:05.1234567+00:00")]
    [InlineData("2026-01-02 03:04:05 +0100", "2026-01-02T03:04:05.0000000+01:00")]
    [InlineData("2026-01-02 03:04:05 -1130", "2026-01-02T03:04:05.0000000-11:30")]
    [InlineData("2026-01-02T03:04+02", "2026-01-02T03:04:00.0000000+02:00")]
    [InlineData("2026-01-02T03:04:05", "2026-01-02T03:04:05.0000000+00:00")]
    [InlineData("2026-01-02", "2026-01-02T00:00:00.0000000+00:00")]
    [InlineData("2016-12-31T23:59:60Z", "2017-01-01T00:00:00.0000000+00:00")]
    [InlineData("2024-02-29T00:00:00Z", "2024-02-29T00:00:00.0000000+00:00")]
    [InlineData("2023-02-29T00:00:00Z", null)]
    [InlineData("2026-13-01T00:00:00Z", null)]
    [InlineData("2026-01-02T24:00:00Z", null)]
    [InlineData("2026-01-02T03:04:05+14:01", null)]
    [InlineData("2026-01-02T03:04:05.Z", null)]
    [InlineData("2026-01-02T03:04:05 later", null)]
    [InlineData("0001-01-01T00:00:00+14:00", null)]
    [InlineData("9999-12-31T23:59:59-14:00", null)]
    [InlineData("0000-01-01T00:00:00Z", null)]
    [InlineData("2015", null)]
    [InlineData("٢٠٢٦-01-02T03:04:05Z", null)]
    [InlineData("", null)]
    public void ATime_KeepsThePersonsOffset(string text, string? expected)
    {
        var written = JsonElement.Parse(JsonSerializer.Serialize(new { at = text }));
        var read = new JsonPlace(written)["at"].Time();
        read?.ToString("O", CultureInfo.InvariantCulture).ShouldBe(expected);
    }

    [Theory]
    [InlineData(3_600.0, 60)]
    [InlineData(-16_200.0, -270)]
    [InlineData(3_629.0, 60)]
    [InlineData(50_401.0, 0)]
    [InlineData(1e300, 0)]
    [InlineData(null, 0)]
    public void AnOffset_IsWholeMinutesOrNone(double? seconds, int minutes) =>
        SenderTime.OffsetOf(seconds).ShouldBe(TimeSpan.FromMinutes(minutes));

    [Theory]
    [InlineData("TRAIL_RUNNING", "trail-running")]
    [InlineData("TraditionalStrengthTraining", "traditional-strength-training")]
    [InlineData("Outdoor Run", "outdoor-run")]
    [InlineData("HIIT", "hiit")]
    [InlineData("yoga/pilates", "yoga-pilates")]
    [InlineData("  ", "unknown")]
    [InlineData(null, "unknown")]
    public void ANameOfAnActivity_IsInKebabCase(string? name, string expected) =>
        ActivityName.Of(name).ShouldBe(expected);
}
