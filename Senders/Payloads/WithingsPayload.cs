using System.Globalization;
using EcosystemSilo.Senders.Schemes;

namespace EcosystemSilo.Senders.Payloads;

/// <summary>
/// Withings' notifications (developer.withings.com): a form, so all its values are texts. The number of the kind,
/// <c>appli</c>, says which action of the API has the news; the period may be seconds since 1970, a day, or missing.
/// </summary>
internal sealed class WithingsPayload : IPayloadReader
{
    /// <summary>Kinds by their numbers: 1 weight, 2 temperature, 4 pressure and saturation, 16 activity, 44 sleep,
    /// 58 glucose.</summary>
    private static readonly Dictionary<string, string> Actions = new(StringComparer.Ordinal)
    {
        ["appli.1"] = WithingsAnswers.Measures,
        ["appli.2"] = WithingsAnswers.Measures,
        ["appli.4"] = WithingsAnswers.Measures,
        ["appli.58"] = WithingsAnswers.Measures,
        ["appli.16"] = WithingsAnswers.Activity,
        ["appli.44"] = WithingsAnswers.Sleep,
    };

    private const string OfUser = "appli.46";

    public IReadOnlyList<News>? Read(InboundEvent inbound)
    {
        var (body, news) = (new JsonPlace(inbound.Data), new NewsBuilder());
        var action = body["action"].Text;
        if (UserIds.Read(body["userid"].Scalar) is not { } user)
        {
            news.SetAsideForNobody(inbound.Type, body["userid"]);
        }
        else if (inbound.Type == OfUser && action is "delete" or "unlink")
        {
            news.Add(new DisconnectedNews(user, action));
        }
        else if (Actions.TryGetValue(inbound.Type, out var resource))
        {
            var day = Occasion.Day(body["date"].Date(), TimeSpan.Zero);
            var (from, to) = (Seconds(body["startdate"]), Seconds(body["enddate"]));
            news.Add(new FetchNews(user, resource, Id: null, from ?? day?.Start, to ?? day?.End, Version: 0));
        }

        return news.Build();
    }

    private static DateTimeOffset? Seconds(JsonPlace place) =>
        long.TryParse(place.Scalar, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? SenderTime.FromUnix(seconds, TimeSpan.FromSeconds(1))
            : null;
}
