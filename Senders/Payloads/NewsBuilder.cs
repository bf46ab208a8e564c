using EcosystemSilo.Grains.Interfaces.WearableStreams;

namespace EcosystemSilo.Senders.Payloads;

/// <summary>Gathers what a delivery says, which may be about several users.</summary>
internal sealed class NewsBuilder
{
    private const string Nobody = "";

    private readonly Dictionary<string, ReadingsBuilder> _readings = new(StringComparer.Ordinal);
    private readonly List<News> _others = [];

    public ReadingsBuilder Of(string user)
    {
        if (!_readings.TryGetValue(user, out var readings))
        {
            readings = new ReadingsBuilder(user);
            _readings.Add(user, readings);
        }

        return readings;
    }

    public void Add(News news) => _others.Add(news);

    /// <summary>A record of a sender with many users that does not say whose it is is nobody's.</summary>
    public void SetAsideForNobody(string what, JsonPlace place) =>
        Of(Nobody).SetAside(what, SetAsideReasons.UserMissing, place);

    /// <summary>Null when there is none, see <see cref="IPayloadReader.Read"/>.</summary>
    public IReadOnlyList<News>? Build()
    {
        var told = _readings.Values.Where(readings => !readings.IsEmpty).Select(readings => readings.Build());
        News[] news = [.. told, .. _others];
        return news.Length > 0 ? news : null;
    }
}
