using EcosystemSilo.Gateway.Http;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Lists;

namespace EcosystemSilo.Gateway.Timelines;

/// <summary>A grain's history over REST, the same for every kind.</summary>
public sealed class TimelinePages(IGrains grains, ITimeline timeline)
{
    /// <param name="key">The grain.</param>
    /// <param name="exchange">The request.</param>
    /// <param name="paging">Its limit and cursor; a timeline's cursor is the version of the last entry shown.</param>
    /// <param name="visible">Whether the caller may see it; what it may not see does not exist for it.</param>
    public async Task<IResult> Show<TView>(GrainKey key, Exchange exchange, Paging paging, Func<TView, bool> visible)
        where TView : class, IView
    {
        var found = await grains.Read<TView>(key, ReadAt.Newest, exchange.Aborted);
        if (found is null || !visible(found.View))
        {
            return Problems.Result(Refusals.Missing(key));
        }

        return await Show(key, found.Version, exchange, paging);
    }

    /// <summary>Shows a grain of any kind that the caller may see; <paramref name="version"/> is its newest.</summary>
    public async Task<IResult> Show(GrainKey key, long version, Exchange exchange, Paging paging)
    {
        var upTo = paging.Request.After is { } after ? Math.Min(after - 1, version) : version;
        var entries = await timeline.Read(key, upTo, paging.Request.Limit, exchange.Aborted);
        long? next = entries is [.., { Version: > 1 } last] ? last.Version : null;
        var shown = entries.Select(entry => ShownEntry.To(exchange.Caller, entry)).ToList();
        return Results.Ok(paging.Answer(new Page<TimelineEntry>(shown, next, (int)version)));
    }
}

public static class TimelineSetup
{
    public static IServiceCollection AddTimelines(this IServiceCollection services) =>
        services.AddSingleton<TimelinePages>();
}
