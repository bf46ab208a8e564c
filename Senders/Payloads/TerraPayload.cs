using EcosystemSilo.Grains.Interfaces.WearableStreams;
using EcosystemSilo.Senders.Schemes;

namespace EcosystemSilo.Senders.Payloads;

/// <summary>
/// Terra's events (github.com/tryterra/openapi and tryterra/agent-skills, 2026-07). A daily record is of the date that
/// its start is written with, whatever the offset beside it; an update is a superset under the same summary_id.
/// <para>
/// Left out: distance and energy of activities and the sums inside samples, which the daily record counts; averages of
/// a day or night; saturation of muscles; deviations of temperature; nutrition, menstruation and the other types of
/// data.
/// </para>
/// </summary>
internal sealed class TerraPayload : IPayloadReader
{
    private const long Deleted = 4;

    public IReadOnlyList<News>? Read(InboundEvent inbound)
    {
        var body = new JsonPlace(inbound.Data);
        return inbound.Type switch
        {
            "daily" => ReadRecords(body, ReadDaily),
            "activity" => ReadRecords(body, ReadActivity),
            "sleep" => ReadRecords(body, TerraSleep.Read),
            "body" => ReadRecords(body, TerraBody.Read),
            "deauth" or "access_revoked" or "connection_error" => Disconnect(body["user"], inbound.Type),
            // Nothing more comes under the old id; the person is known by the new one once that is connected.
            "user_reauth" => Disconnect(body["old_user"], inbound.Type),
            "s3_payload" => [new FetchNews("", inbound.Type, body["url"].Text, From: null, To: null, Version: 0)],
            _ => null,
        };
    }

    private static IReadOnlyList<News>? Disconnect(JsonPlace user, string reason) =>
        UserIds.Read(user["user_id"].Scalar) is { } id ? [new DisconnectedNews(id, reason)] : null;

    private static IReadOnlyList<News>? ReadRecords(JsonPlace body, Action<JsonPlace, ReadingsBuilder> read)
    {
        var news = new NewsBuilder();
        var user = UserIds.Read(body["user"]["user_id"].Scalar);
        foreach (var record in body["data"].Items)
        {
            if (user is null)
            {
                news.SetAsideForNobody(body["type"].Text ?? "", record);
            }
            else
            {
                read(record, news.Of(user));
            }
        }

        return news.Build();
    }

    private static void ReadDaily(JsonPlace daily, ReadingsBuilder readings)
    {
        var day = DayOf(daily);
        var total = day?.AsDailyTotal();
        readings.Add(Measure.Steps, total, daily["distance_data"]["steps"], "{steps}");
        readings.Add(Measure.Distance, total, daily["distance_data"]["distance_meters"], "m");
        readings.Add(Measure.ActiveEnergy, total, daily["calories_data"]["net_activity_calories"], "kcal");
        TerraSamples.ReadHeart(daily["heart_rate_data"], day, readings);
        TerraSamples.ReadOxygen(daily["oxygen_data"]["saturation_samples"], readings);
    }

    /// <summary>The day that a record of a day is of.</summary>
    internal static Occasion? DayOf(JsonPlace record)
    {
        var start = record["metadata"]["start_time"];
        return Occasion.Day(start.Date(), start.Time()?.Offset ?? TimeSpan.Zero);
    }

    private static void ReadActivity(JsonPlace activity, ReadingsBuilder readings)
    {
        var metadata = activity["metadata"];
        if (metadata["upload_type"].Whole == Deleted)
        {
            readings.Delete(metadata["summary_id"].Scalar, Measure.Activity);
            return;
        }

        var (start, end) = (metadata["start_time"].Time(), metadata["end_time"].Time());
        var when = Occasion.Between(start, end)?.KnownBy(metadata["summary_id"].Scalar);
        readings.Require(
            Measure.Activity,
            when?.With(TerraActivities.Of(metadata["type"].Whole)),
            (end - start)?.TotalSeconds,
            metadata["end_time"],
            "s"
        );
        TerraSamples.ReadHeart(activity["heart_rate_data"], Occasion.Between(start, end), readings);
    }
}
