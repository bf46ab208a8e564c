using EcosystemSilo.Grains.Interfaces.WearableStreams;
using EcosystemSilo.Senders.Schemes;

namespace EcosystemSilo.Senders.Payloads;

/// <summary>
/// Estimated glucose values of Dexcom's API (developer.dexcom.com): <c>records</c> in v3, <c>egvs</c> in v2, where the
/// unit stands once for all. <c>systemTime</c> is UTC also where it does not say so; <c>displayTime</c> is the clock
/// that the person sees, which gives the offset. A value of null is below or above what the sensor can tell, or was not
/// measured, and is set aside. The person is whom the address names, else whoever is connected under the answer's own
/// <c>userId</c>, else the one whose source it is: v3 has a <c>userId</c> always, which nobody may have asked about.
/// </summary>
internal sealed class DexcomPayload : IPayloadReader
{
    /// <summary>Offsets of all places are whole quarters; the clock of a device is off by minutes.</summary>
    private static readonly TimeSpan Quarter = TimeSpan.FromMinutes(15);

    public IReadOnlyList<News>? Read(InboundEvent inbound)
    {
        var (body, news) = (new JsonPlace(inbound.Data), new NewsBuilder());
        var records = body["records"].IsArray ? body["records"] : body["egvs"];
        if (!records.IsArray || body["recordType"].Text is not (null or "egv"))
        {
            return null;
        }

        var readings = news.Of(inbound.User ?? UserIds.Read(body["userId"].Scalar) ?? "");
        foreach (var record in records.Items)
        {
            var unit = record["unit"].Text ?? body["unit"].Text ?? "";
            var when = Occasion.At(TimeOf(record))?.KnownBy(record["recordId"].Scalar);
            readings.Require(Measure.Glucose, when, record["value"], unit);
        }

        return inbound.User is null
            ? news.Build()?.Select(told => told with { IsOfSource = true }).ToList()
            : news.Build();
    }

    private static DateTimeOffset? TimeOf(JsonPlace record)
    {
        if (record["systemTime"].Time() is not { } system || record["displayTime"].Time() is not { } display)
        {
            return record["systemTime"].Time() ?? record["displayTime"].Time();
        }

        var shown = display.DateTime - system.UtcDateTime;
        var offset = display.Offset != TimeSpan.Zero ? display.Offset : Quarter * Math.Round(shown / Quarter);
        return SenderTime.FromUnix((system - DateTimeOffset.UnixEpoch).Ticks, TimeSpan.FromTicks(1), offset);
    }
}
