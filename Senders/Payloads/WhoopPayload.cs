using EcosystemSilo.Grains.Interfaces.WearableStreams;
using EcosystemSilo.Senders.Schemes;

namespace EcosystemSilo.Senders.Payloads;

/// <summary>
/// WHOOP's notifications about users (developer.whoop.com, webhooks): <c>sleep</c>, <c>recovery</c> or <c>workout</c>,
/// updated or deleted. The notification is not dated, so what arrives later holds. In version 2 a recovery has the id
/// of its sleep, so a deletion names the measures that its record has.
/// </summary>
internal sealed class WhoopPayload : IPayloadReader
{
    private static readonly Dictionary<string, Measure[]> Measured = new(StringComparer.Ordinal)
    {
        ["sleep"] = [Measure.Sleep, Measure.RespiratoryRate],
        ["recovery"] =
        [
            Measure.RestingHeartRate,
            Measure.HeartRateVariability,
            Measure.OxygenSaturation,
            Measure.SkinTemperature,
        ],
        ["workout"] = [Measure.Activity, Measure.Distance, Measure.ActiveEnergy],
    };

    public IReadOnlyList<News>? Read(InboundEvent inbound)
    {
        var (body, news) = (new JsonPlace(inbound.Data), new NewsBuilder());
        var (resource, change) = inbound.Type.Split('.') is [var first, var second] ? (first, second) : ("", "");
        if (!Measured.TryGetValue(resource, out var measures))
        {
            return null;
        }

        var id = body["id"].Scalar;
        if (UserIds.Read(body["user_id"].Scalar) is not { } user)
        {
            news.SetAsideForNobody(resource, body["user_id"]);
        }
        else if (change == "deleted")
        {
            foreach (var measure in measures)
            {
                news.Of(user).Delete(id, measure);
            }
        }
        else
        {
            news.Add(new FetchNews(user, resource, id, From: null, To: null, Version: 0));
        }

        return news.Build();
    }
}
