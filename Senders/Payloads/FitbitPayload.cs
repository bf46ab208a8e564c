using EcosystemSilo.Senders.Schemes;

namespace EcosystemSilo.Senders.Payloads;

/// <summary>
/// Fitbit's notifications (dev.fitbit.com, using subscriptions): a collection of a user has news of a day, which is the
/// user's own and has no offset. Food is not read.
/// </summary>
internal sealed class FitbitPayload : IPayloadReader
{
    public IReadOnlyList<News>? Read(InboundEvent inbound)
    {
        var (body, news) = (new JsonPlace(inbound.Data), new NewsBuilder());
        var day = Occasion.Day(body["date"].Date(), TimeSpan.Zero);
        if (UserIds.Read(body["ownerId"].Scalar) is not { } user)
        {
            news.SetAsideForNobody(inbound.Type, body["ownerId"]);
        }
        else if (inbound.Type is "userRevokedAccess" or "deleteUser")
        {
            news.Add(new DisconnectedNews(user, inbound.Type));
        }
        else if (FitbitAnswers.Resources.Contains(inbound.Type))
        {
            news.Add(new FetchNews(user, inbound.Type, Id: null, day?.Start, day?.End, Version: 0));
        }

        return news.Build();
    }
}
