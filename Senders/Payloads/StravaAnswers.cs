using System.Text.Json;
using EcosystemSilo.Grains.Interfaces.WearableStreams;

namespace EcosystemSilo.Senders.Payloads;

/// <summary>
/// A detailed activity, or a list of activities in short, of Strava's API (developers.strava.com): <c>start_date</c> is
/// UTC and <c>utc_offset</c> the person's, in seconds; <c>start_date_local</c> ends in a Z that it does not mean and is
/// not read. Strava has no totals of days, so an activity brings its distance and, where somebody computed it, its
/// energy in kcal.
/// </summary>
internal static class StravaAnswers
{
    public static ReadingsNews Read(FetchNews fetched, JsonElement answer)
    {
        var (document, readings) = (new JsonPlace(answer), new ReadingsBuilder(fetched.User));
        foreach (var activity in document.IsArray ? document.Items : [document])
        {
            ReadActivity(activity, fetched, readings);
        }

        return readings.Build();
    }

    private static void ReadActivity(JsonPlace activity, FetchNews fetched, ReadingsBuilder readings)
    {
        var offset = SenderTime.OffsetOf(activity["utc_offset"].Number);
        var start = SenderTime.Seen(activity["start_date"].Time(), offset);
        var length = activity["elapsed_time"];
        var when = Occasion
            .Between(start, SenderTime.After(start, length.Number))
            ?.KnownBy(activity["id"].Scalar ?? fetched.Id, fetched.Version);
        var name = ActivityName.Of(activity["sport_type"].Text ?? activity["type"].Text);
        readings.Require(Measure.Activity, when?.With(name), length, "s");
        readings.Add(Measure.Distance, when, activity["distance"], "m");
        readings.Add(Measure.ActiveEnergy, when, activity["calories"], "kcal");
    }
}
