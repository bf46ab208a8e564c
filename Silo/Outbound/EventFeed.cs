using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Endpoints;
using EcosystemSilo.Grains.Interfaces.Notifications;
using EcosystemSilo.Journal;

namespace EcosystemSilo.Silo.Outbound;

/// <summary>Reads published events from the journal itself, so it is never behind.</summary>
internal sealed class EventFeed(IJournal journal, Owners owners) : IEventFeed
{
    public async Task<FeedPage> Read(
        EcosystemId ecosystem,
        FeedQuery query,
        long after,
        int max,
        CancellationToken cancellation
    )
    {
        var found = new List<FeedEvent>();
        for (var pages = 0; pages < OutboundLimits.PagesPerPoll; pages++)
        {
            var events = await Page(after, cancellation);
            foreach (var recorded in events)
            {
                after = recorded.Position;
                if (await IsWanted(Published.Of(recorded), ecosystem, query, cancellation) is { } published)
                {
                    found.Add(new FeedEvent(published.Id, published.Body()));
                }

                if (found.Count == max)
                {
                    return new FeedPage(found, after, IsEnd: false);
                }
            }

            if (events.Count == 0)
            {
                return new FeedPage(found, after, IsEnd: true);
            }
        }

        return new FeedPage(found, after, IsEnd: false);
    }

    private async Task<IReadOnlyList<RecordedEvent>> Page(long after, CancellationToken cancellation)
    {
        try
        {
            return await journal.ReadAll(after, Limits.EventsPerRead, cancellation);
        }
        catch (JournalUnavailableException fault)
        {
            throw new GrainUnavailableException("The journal does not answer; try again.", fault);
        }
    }

    private async ValueTask<Published?> IsWanted(
        Published? published,
        EcosystemId ecosystem,
        FeedQuery query,
        CancellationToken cancellation
    ) =>
        published is not null
        && published.Grain.Ecosystem == ecosystem
        && EventCatalogue.Matches(query.Types, published.As.Type)
        && (query.Only is not { } only || await owners.Of(published.Grain, cancellation) == only)
            ? published
            : null;
}
