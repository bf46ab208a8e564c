using EcosystemSilo.Grains.Interfaces.WearableStreams;
using EcosystemSilo.Senders.Fetching;
using Shouldly;
using Xunit;

namespace EcosystemSilo.Tests.Fetching;

/// <summary>How the past of each sender is asked for.</summary>
public sealed class VendorPastTests(VendorContract contract) : IClassFixture<VendorContract>
{
    private const int Days = 10;

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task ListsOfStrava_AreReadToTheirEnd()
    {
        var start = new DateTimeOffset(Now.AddDays(-5).Date, TimeSpan.Zero);
        var page = $$"""
            [{"id":1,"sport_type":"Run","start_date":"{{start.AddHours(-24):u}}","elapsed_time":60,"distance":100},
             {"id":2,"sport_type":"Run","start_date":"{{start:u}}","elapsed_time":60,"distance":100}]
            """.Replace(" Z", "Z", StringComparison.Ordinal);
        var (stream, log) = await Fetch("strava", (_, _, number) => new Answer(200, number == 1 ? page : "[]"));

        stream.Of(Measure.Activity)!.Samples.ShouldBe(2);
        stream.Of(Measure.Activity)!.BackfilledAt.ShouldNotBeNull();
        stream.Of(Measure.Distance)!.BackfilledAt.ShouldNotBeNull();
        log.Count.ShouldBe(2);
        log[0].ShouldStartWith("GET /api/v3/athlete/activities?per_page=200&after=");
        log[1].ShouldContain($"after={start.ToUnixTimeSeconds()}&");
    }

    [Fact]
    public async Task ThePastOfFitbit_IsAskedForInRanges()
    {
        var day = $"{Now.AddDays(-3):yyyy-MM-dd}";
        var (stream, log) = await Fetch(
            "fitbit",
            (_, asked, _) =>
                new Answer(
                    200,
                    asked.Path.Contains("/steps/", StringComparison.Ordinal)
                            ? $$"""
                            {"activities-steps":[{"dateTime":"{{Now.AddDays(
                                -4
                            ):yyyy-MM-dd}}","value":"0"},{"dateTime":"{{day}}","value":"4200"}]}
                            """
                        : asked.Path.Contains("/distance/", StringComparison.Ordinal)
                            ? $$"""{"activities-distance":[{"dateTime":"{{day}}","value":"3.25"}]}"""
                        : "{}"
                )
        );

        stream.Of(Measure.Steps)!.Samples.ShouldBe(1, "a day with 0 steps is one without the device");
        stream.Of(Measure.Distance)!.Samples.ShouldBe(1);
        stream.Of(Measure.Steps)!.BackfilledAt.ShouldNotBeNull();
        var range = $"{Now.AddDays(-Days):yyyy-MM-dd}/{Now:yyyy-MM-dd}";
        log.ShouldBe(
            [
                $"GET /1/user/-/activities/steps/date/{range}.json",
                $"GET /1/user/-/activities/distance/date/{range}.json",
                $"GET /1/user/-/activities/heart/date/{range}.json",
                $"GET /1.2/user/-/sleep/date/{range}.json",
                $"GET /1/user/-/body/log/weight/date/{range}.json",
            ],
            ignoreOrder: true
        );
    }

    [Fact]
    public async Task ThePastOfGoogleHealth_IsAskedForByTheTimeOfEachType()
    {
        var (stream, log) = await Fetch("google-health", (_, _, _) => new Answer(200, """{"dataPoints":[]}"""));

        stream.Past.ShouldBeEmpty();
        log.Select(asked => asked.Split("filter=")[1].Split(' ')[0])
            .ShouldBe(
                [
                    "steps.interval.start_time",
                    "distance.interval.start_time",
                    "heart_rate.sample_time.physical_time",
                    "daily_resting_heart_rate.date",
                    "heart_rate_variability.sample_time.physical_time",
                    "daily_respiratory_rate.date",
                    "oxygen_saturation.sample_time.physical_time",
                    "weight.sample_time.physical_time",
                    "body_fat.sample_time.physical_time",
                    "blood_glucose.sample_time.physical_time",
                    "sleep.interval.end_time",
                    "exercise.interval.civil_start_time",
                ],
                ignoreOrder: true
            );
    }

    [Fact]
    public async Task ATypeThatAPersonDidNotAllow_IsNotComplete_AndNoOtherSuffers()
    {
        var (stream, _) = await Fetch(
            "google-health",
            (_, asked, _) =>
                asked.Path.Contains("blood-glucose", StringComparison.Ordinal)
                    ? new Answer(403, "{}")
                    : new Answer(200, """{"dataPoints":[]}"""),
            isWhole: false
        );

        stream.Authorisation.ShouldNotBeNull();
        (stream.FetchesGivenUp, stream.WhyNotFetched).ShouldBe((1, "status-403"));
        stream.Past.Where(past => !past.IsComplete).ShouldHaveSingleItem().Broken.ShouldBe("status-403");
    }

    private async Task<(WearableStreamView Stream, IReadOnlyList<string> Log)> Fetch(
        string scheme,
        Func<VendorCase, Asked, int, Answer> answers,
        bool isWhole = true
    )
    {
        var vendor = VendorCase.All.Single(vendor => vendor.Scheme == scheme);
        var one = await contract.Connect(vendor, answers);
        var past = VendorApis.Find(scheme)!.Past;
        await contract.Silo.Silo.Accept(one.Stream, new FetchPast(Now.AddDays(-Days), past));
        var stream = await contract.Until(
            one,
            view =>
                isWhole ? view is { Past: [], NewestFetch: > 0 } : view.NewestFetch == past.Count && view.Fetches is [],
            "the past"
        );
        return (stream, [.. one.Log.Select(asked => asked.Decoded)]);
    }
}
