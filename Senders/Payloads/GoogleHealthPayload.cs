using EcosystemSilo.Senders.Schemes;

namespace EcosystemSilo.Senders.Payloads;

/// <summary>
/// Google Health's notifications (developers.google.com/health/webhooks and integrations): a type of data of a user has
/// changed in some intervals. A deletion names no record, so it too is fetched: what is there now holds, and what is
/// not there any more cannot be told.
/// </summary>
internal sealed class GoogleHealthPayload : IPayloadReader
{
    /// <summary>Beyond it one fetch of the whole period costs less than one for each interval.</summary>
    private const int IntervalsMax = 20;

    public IReadOnlyList<News>? Read(InboundEvent inbound)
    {
        var (body, news) = (new JsonPlace(inbound.Data), new NewsBuilder());
        if (!GoogleHealthAnswers.Resources.Contains(inbound.Type))
        {
            return null;
        }

        if (UserIds.Read(body["healthUserId"].Scalar) is not { } user)
        {
            news.SetAsideForNobody(inbound.Type, body["healthUserId"]);
            return news.Build();
        }

        foreach (var (from, to) in Periods(body["intervals"]))
        {
            news.Add(new FetchNews(user, inbound.Type, Id: null, from, to, Version: 0));
        }

        return news.Build();
    }

    /// <summary>One period that is open at both ends when no interval is told.</summary>
    private static List<(DateTimeOffset? From, DateTimeOffset? To)> Periods(JsonPlace intervals)
    {
        var periods = intervals.Items.Select(Period).Where(period => period.From is not null).Distinct().ToList();
        return periods.Count switch
        {
            0 => [(null, null)],
            > IntervalsMax => [(periods.Min(period => period.From), periods.Max(period => period.To))],
            _ => periods,
        };
    }

    /// <summary>The physical time, or the person's own clock as two times with a stroke between them.</summary>
    private static (DateTimeOffset? From, DateTimeOffset? To) Period(JsonPlace interval)
    {
        var (physical, civil) = (interval["physicalTimeInterval"], interval["civilIso8601TimeInterval"]);
        return physical.IsThere ? (physical["startTime"].Time(), physical["endTime"].Time())
            : civil.Text?.Split('/') is [var from, var to] ? (SenderTime.Parse(from), SenderTime.Parse(to))
            : (civil["startTime"].Time(), civil["endTime"].Time());
    }
}
