using System.Globalization;
using System.Text.Json;
using EcosystemSilo.Grains.Interfaces.WearableStreams;
using EcosystemSilo.Senders.Payloads;
using EcosystemSilo.Senders.Schemes;
using Shouldly;

namespace EcosystemSilo.Tests.Webhooks.Payloads;

/// <summary>News as lines that people can read and compare with a delivery.</summary>
internal static class NewsText
{
    /// <summary>What the reader of a scheme makes of a body; empty for what says nothing of wearables.</summary>
    public static string Read(string scheme, string type, string body, string? user = null)
    {
        var inbound = new InboundEvent("id", type, OccurredAt: null, JsonElement.Parse(body), default) { User = user };
        var reader = WebhookSchemes.Find(scheme)!.Payload.ShouldNotBeNull();
        return reader.Read(inbound) is { } news ? Of(news) : "";
    }

    public static string Of(IEnumerable<News> news) =>
        string.Join('\n', news.SelectMany(item => Lines(item).Select(line => $"{item.User}: {line}")));

    private static IEnumerable<string> Lines(News news) =>
        news switch
        {
            FetchNews fetch => [$"fetch {fetch.Resource}{Known(fetch.Id, fetch.Version)}{Range(fetch.From, fetch.To)}"],
            DisconnectedNews gone => [$"disconnected {gone.Reason}"],
            ReadingsNews values => values
                .Readings.Select(Of)
                .Concat(values.Deleted.Select(Of))
                .Concat(values.SetAside.Select(aside => $"aside {aside.What} {aside.Reason} {aside.Path}")),
            _ => [news.ToString()],
        };

    private static string Of(DeletedReading deleted) =>
        $"deleted{(deleted.Measure is { } measure ? $" {Measures.Of(measure).Word}" : "")}"
        + Known(deleted.Id, deleted.Version);

    private static string Of(Reading reading) =>
        $"{Measures.Of(reading.Measure).Word}{Range(reading.Start, reading.End)} "
        + reading.Value.ToString(CultureInfo.InvariantCulture)
        + (reading.Second is { } second ? string.Create(CultureInfo.InvariantCulture, $"/{second}") : "")
        + $" {reading.Unit}{(reading.IsDailyTotal ? " total" : "")}{Known(reading.Id, reading.Version)}"
        + (reading.Detail is { } detail ? $" ({detail})" : "");

    private static string Known(string? id, long version) =>
        (id is null ? "" : $" #{id}") + (version == 0 ? "" : $" v{version}");

    private static string Range(DateTimeOffset? from, DateTimeOffset? to) =>
        (from is { } start ? $" {Of(start)}" : "") + (to is { } end ? $"..{Of(end)}" : "");

    private static string Of(DateTimeOffset time) =>
        time.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFzzz", CultureInfo.InvariantCulture);
}
