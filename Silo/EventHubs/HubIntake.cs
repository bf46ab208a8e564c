using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Deliveries;
using EcosystemSilo.Grains.Interfaces.Sources;
using EcosystemSilo.Senders.Intake;
using EcosystemSilo.Senders.Schemes;
using EcosystemSilo.Senders.Secrets;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EcosystemSilo.Silo.EventHubs;

/// <summary>
/// Takes a message of the hub into the journal, as the webhook that it could have been: by the source that it names,
/// which must allow the hub, and by that source's scheme. Nobody is there to be told that a message is refused, so what
/// a webhook would be answered with becomes a dead letter.
/// </summary>
internal sealed class HubIntake(
    EventHubsOptions options,
    IGrains grains,
    IKnownViews views,
    SourceSecrets secrets,
    DeliveryIntake intake,
    PartIntake parts,
    KeptEvents events,
    HubMetrics metrics,
    ILogger<HubIntake> logger
)
{
    /// <summary>The source of dead letters whose messages name none.</summary>
    public static readonly SourceId Nameless = new("event-hub");

    private const string PoisonType = "event-hub.message";
    private const string Json = "application/json";

    private readonly EcosystemId _ecosystem = new(options.Ecosystem!);
    private readonly string _hub = options.HubName;

    /// <summary>Returns when the journal has what became of it.</summary>
    /// <exception cref="GrainUnavailableException">It does not yet; give the message again.</exception>
    public async Task Take(HubMessage message)
    {
        if (await TakeOrRefuse(message) is { } refusal)
        {
            await Bury(message, refusal);
        }
    }

    /// <summary>Puts away a message that no repetition will help.</summary>
    public async Task Bury(HubMessage message, Refusal reason)
    {
        var sourceId = Ids.TryParse<SourceId>(message.Source, out var named) ? named : Nameless;
        var source = await views.Find<SourceView>(SourceKey.Of(_ecosystem, sourceId), CancellationToken.None);
        var arrival = ArrivalOf(message, sourceId, source ?? Unknown);
        var hash = SHA256.HashData(message.Body);
        var inbound = new InboundEvent(message.Place, PoisonType, message.EnqueuedAt, TextOf(message, source), hash);
        var kept = await events.Keep(arrival, inbound, CancellationToken.None);
        await grains.Ask(
            arrival.KeyOf(message.Place),
            new BuryDelivery(sourceId, kept, reason),
            arrival.Circumstances(message.Place, hash),
            CancellationToken.None
        );
        metrics.Count(nameof(Senders.Intake.Outcome.DeadLettered));
        HubLog.MessageBuried(logger, message.Place, reason.Code);
    }

    /// <summary>Null when it was taken.</summary>
    private async Task<Refusal?> TakeOrRefuse(HubMessage message)
    {
        if (message.Fault is { } fault)
        {
            return new Refusal(
                HubRefusals.MessageInvalid,
                $"The message's {message.FaultField} {fault}.",
                message.FaultField
            );
        }

        if (message.Ecosystem is { } ecosystem && ecosystem != _ecosystem.Value)
        {
            return new Refusal(
                HubRefusals.EcosystemForeign,
                $"The hub {_hub} brings messages of {_ecosystem} alone.",
                "ecosystem"
            );
        }

        if (!Ids.TryParse<SourceId>(message.Source, out var sourceId))
        {
            return new Refusal(
                HubRefusals.SourceUnknown,
                $"The property source must name a source: {Ids.Rule}.",
                "source"
            );
        }

        var key = SourceKey.Of(_ecosystem, sourceId);
        if (await views.Find<SourceView>(key, CancellationToken.None) is not { } source)
        {
            return new Refusal(
                HubRefusals.SourceUnknown,
                $"There is no source '{sourceId}' in {_ecosystem}.",
                "source"
            );
        }

        return secrets.SettingsOf(key, source)[HubSetting] == _hub
            ? await TakeOf(ArrivalOf(message, sourceId, source), message)
            : new Refusal(
                HubRefusals.HubNotAllowed,
                $"The source '{sourceId}' does not allow the hub {_hub}: its setting {HubSetting} must name it.",
                "source"
            );
    }

    private const string HubSetting = "eventHub";

    private async Task<Refusal?> TakeOf(Arrival arrival, HubMessage message)
    {
        var scheme = WebhookSchemes.Find(arrival.Source.Scheme)!;
        var user = message.User ?? message.PartitionKey;
        var address = user is null ? "/" : $"/?user={Uri.EscapeDataString(user)}";
        var request = new InboundRequest(
            HttpMethods.Post,
            address,
            arrival.Headers,
            message.Body,
            message.ContentType ?? Json
        );
        var taken = scheme.Read(request, message.Id ?? message.Place) switch
        {
            Rejected rejected => new Taken(default, new Refusal(rejected.Code, rejected.Message, rejected.Field)),
            Verified verified => await intake.Take(arrival, verified, CancellationToken.None),
            Parted parted => await TakeParts(arrival, parted, scheme.Facts.BodyBytesMax),
            var other => throw new InvalidOperationException($"{other.GetType().Name} does not come by a hub."),
        };
        if (taken.Refusal is null)
        {
            metrics.Count($"{taken.Outcome}");
        }

        return taken.Refusal;
    }

    private async Task<Taken> TakeParts(Arrival arrival, Parted parted, int bytesMax)
    {
        var reader = new PartReader(new MemoryStream(parted.Body!), parted.Shape, bytesMax);
        var (taken, fault) = await parts.Take(arrival, reader.Read(CancellationToken.None));
        return taken ?? new Taken(default, new Refusal(fault!.Code, fault.Message, fault.Field));
    }

    private Arrival ArrivalOf(HubMessage message, SourceId sourceId, SourceView source) =>
        new(
            _ecosystem,
            sourceId,
            source,
            message.Place,
            new HeaderDictionary
            {
                ["x-event-hub"] = _hub,
                ["x-event-hub-place"] = message.Place,
                ["content-type"] = message.ContentType ?? Json,
            }
        );

    /// <summary>
    /// The message as it came, for whoever mends its sender. Nothing of one whose source is unknown or a wearable's,
    /// because it may describe a person.
    /// </summary>
    private static JsonElement TextOf(HubMessage message, SourceView? source) =>
        source is null || message.Body.Length == 0
            ? default
            : JsonSerializer.SerializeToElement(
                Encoding.UTF8.GetString(message.Body.AsSpan(0, Math.Min(message.Body.Length, HubLimits.PoisonCharsMax)))
            );

    private static readonly SourceView Unknown = new(
        "",
        "",
        new SourceMapping(),
        [],
        new Dictionary<string, SourceSetting>(StringComparer.Ordinal)
    );
}
