using System.Globalization;
using EcosystemSilo.Senders.Json;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Json;

public sealed class Rfc3339Tests
{
    [Theory]
    [InlineData("2018-04-05T17:31:00Z", "2018-04-05T17:31:00.0000000Z")]
    [InlineData("2018-04-05t17:31:00z", "2018-04-05T17:31:00.0000000Z")]
    [InlineData("2018-04-05T17:31:00.000000000Z", "2018-04-05T17:31:00.0000000Z")]
    [InlineData("2018-04-05T17:31:00.123456789Z", "2018-04-05T17:31:00.1234567Z")]
    [InlineData("2018-04-05T18:31:00+01:00", "2018-04-05T17:31:00.0000000Z")]
    [InlineData("2018-04-05T16:31:00.5-01:00", "2018-04-05T17:31:00.5000000Z")]
    [InlineData("2018-04-05T17:31:00+23:59", "2018-04-04T17:32:00.0000000Z")]
    [InlineData("2016-12-31T23:59:60Z", "2017-01-01T00:00:00.0000000Z")]
    [InlineData("2024-02-29T00:00:00Z", "2024-02-29T00:00:00.0000000Z")]
    public void ATime_IsReadAsUtc(string text, string utc)
    {
        Rfc3339.TryParse(text, out var read).ShouldBeTrue();

        read.UtcDateTime.ToString("O", CultureInfo.InvariantCulture).ShouldBe(utc);
        read.Offset.ShouldBe(TimeSpan.Zero);
    }

    [Theory]
    [InlineData("")]
    [InlineData("lunchtime")]
    [InlineData("2018-04-05")]
    [InlineData("2018-04-05T18:31Z")]
    [InlineData("2018-04-05T18:31:00")]
    [InlineData("2018-04-05T18:31:00X")]
    [InlineData("2018-04-05T18:31:00+25:00")]
    [InlineData("2018-04-05T18:31:00+01:60")]
    [InlineData("2018-04-05T18:31:00+xx:00")]
    [InlineData("2018-04-05T18:31:00+05")]
    [InlineData("2018-04-05T18:31:00+0530")]
    [InlineData("2018-04-05T18:31:00.Z")]
    [InlineData("2018-04-05T18:31:00,5Z")]
    [InlineData("2018-04-05 18:31:00Z")]
    [InlineData("2018-04-05T24:00:00Z")]
    [InlineData("2018-04-05T18:60:00Z")]
    [InlineData("2018-04-05T18:31:61Z")]
    [InlineData("2018-13-05T18:31:00Z")]
    [InlineData("2023-02-29T18:31:00Z")]
    [InlineData("0001-01-01T00:00:00+01:00")]
    [InlineData("9999-12-31T23:59:59-01:00")]
    [InlineData("٢٠١٨-04-05T18:31:00Z")]
    [InlineData("2018-04-05T18:31:00Z ")]
    [InlineData("2018-04-05T18:31:00.00000000000000000000000000000000Z")]
    public void AnythingElse_IsNoTime(string text) => Rfc3339.TryParse(text, out _).ShouldBeFalse();
}
