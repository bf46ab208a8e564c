using EcosystemSilo.Senders.Schemes;

namespace EcosystemSilo.Senders.Payloads;

/// <summary>
/// Oura's notifications (OpenAPI document of API v2): a document was created, changed or deleted at <c>event_time</c>,
/// which orders its versions. Only types with readings are fetched: scores, tags and plans are not.
/// </summary>
internal sealed class OuraPayload : IPayloadReader
{
    private const string Deleted = "delete";

    public IReadOnlyList<News>? Read(InboundEvent inbound)
    {
        var (body, news) = (new JsonPlace(inbound.Data), new NewsBuilder());
        var (type, id) = (body["data_type"].Text ?? "", body["object_id"].Scalar);
        if (!OuraAnswers.Resources.Contains(type))
        {
            return null;
        }

        // Some integrations see timestamp where the documentation has event_time.
        var time = body["event_time"].Time() ?? body["timestamp"].Time();
        var version = time?.ToUnixTimeMilliseconds() ?? 0;
        if (UserIds.Read(body["user_id"].Scalar) is not { } user)
        {
            news.SetAsideForNobody(type, body["user_id"]);
        }
        else if (body["event_type"].Is(Deleted))
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
