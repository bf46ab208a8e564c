using EcosystemSilo.Senders.Schemes;

namespace EcosystemSilo.Senders.Payloads;

/// <summary>
/// Strava's notifications (developers.strava.com/docs/webhooks): an activity was created, changed or deleted, or an
/// athlete took the permission back, which is the text <c>"false"</c> in <c>updates.authorized</c>.
/// </summary>
internal sealed class StravaPayload : IPayloadReader
{
    public IReadOnlyList<News>? Read(InboundEvent inbound)
    {
        var (body, news) = (new JsonPlace(inbound.Data), new NewsBuilder());
        var type = body["object_type"].Text;
        if (type is not ("activity" or "athlete"))
        {
            return null;
        }

        var id = body["object_id"].Scalar;
        var version = body["event_time"].UnixTime(TimeSpan.FromSeconds(1))?.ToUnixTimeMilliseconds() ?? 0;
        if (UserIds.Read(body["owner_id"].Scalar) is not { } user)
        {
            news.SetAsideForNobody(type, body["owner_id"]);
        }
        else if (type == "athlete")
        {
            if (body["updates"]["authorized"].Is("false"))
            {
                news.Add(new DisconnectedNews(user, "deauthorized"));
            }
        }
        else if (body["aspect_type"].Is("delete"))
        {
            news.Of(user).Delete(id, version: version);
        }
        else
        {
            news.Add(new FetchNews(user, type, id, From: null, To: null, version));
        }

        return news.Build();
    }
}
