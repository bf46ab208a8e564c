using EcosystemSilo.Senders.Schemes;

namespace EcosystemSilo.Senders.Payloads;

/// <summary>
/// Polar's notifications (AccessLink v3, OpenAPI document): an exercise by its id, other data by its date. Only events
/// with readings are fetched: circadian bedtime, alertness and physical information have none.
/// </summary>
internal sealed class PolarPayload : IPayloadReader
{
    public IReadOnlyList<News>? Read(InboundEvent inbound)
    {
        var (body, news) = (new JsonPlace(inbound.Data), new NewsBuilder());
        if (!PolarAnswers.Resources.Contains(inbound.Type))
        {
            return null;
        }

        if (UserIds.Read(body["user_id"].Scalar) is { } user)
        {
            var day = Occasion.Day(body["date"].Date(), TimeSpan.Zero);
            var version = body["timestamp"].Time()?.ToUnixTimeMilliseconds() ?? 0;
            news.Add(new FetchNews(user, inbound.Type, body["entity_id"].Scalar, day?.Start, day?.End, version));
        }
        else
        {
            news.SetAsideForNobody(inbound.Type, body["user_id"]);
        }

        return news.Build();
    }
}
