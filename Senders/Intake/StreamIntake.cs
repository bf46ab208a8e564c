using System.Text.Json;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Deliveries;
using EcosystemSilo.Grains.Interfaces.People;
using EcosystemSilo.Grains.Interfaces.SourceUsers;
using EcosystemSilo.Grains.Interfaces.WearableStreams;
using EcosystemSilo.Senders.Fetching;
using EcosystemSilo.Senders.Payloads;
using EcosystemSilo.Senders.Schemes;

namespace EcosystemSilo.Senders.Intake;

/// <summary>
/// Takes what a wearable's sender says to the streams of the people it is about: one append a person, all of them
/// before the acknowledgement. Of a user that nobody has connected nothing is kept but a count.
/// </summary>
public sealed class StreamIntake(
    IGrains grains,
    IKnownViews views,
    KeptEvents events,
    ISubjectBox box,
    TimeProvider time
)
{
    private const string UserUnknown = "user-unknown";
    private const string NotFetched = "not-fetched";

    /// <summary>The id under which a source of one person is connected.</summary>
    private const string WholeSource = "";

    public async Task<Taken> Take(
        Arrival arrival,
        InboundEvent inbound,
        IReadOnlyList<News> news,
        CancellationToken cancellation
    )
    {
        if (news.Count == 1)
        {
            return await Tell(arrival, inbound, news[0], inbound.Id, cancellation);
        }

        var all = await Task.WhenAll(
            news.Select(
                (told, at) => Tell(arrival, inbound, told, EventFields.JoinId('/', [inbound.Id, $"{at}"]), cancellation)
            )
        );
        return Taken.All(all);
    }

    private async Task<Taken> Tell(
        Arrival arrival,
        InboundEvent inbound,
        News news,
        string id,
        CancellationToken cancellation
    )
    {
        var ask = arrival.Circumstances(id, inbound.Hash);
        var person =
            await PersonOf(arrival, news.User, cancellation)
            ?? (news.IsOfSource ? await PersonOf(arrival, WholeSource, cancellation) : null);
        if (person is null || Command(news, arrival.Source.Scheme) is not { } command)
        {
            var refuse = new RefuseDelivery(arrival.SourceId, inbound.Type, person is null ? UserUnknown : NotFetched);
            return Taken.By(await grains.Ask(arrival.KeyOf(id), refuse, ask, cancellation), Outcome.Refused);
        }

        var stream = WearableStreamKey.Of(arrival.Ecosystem, person.Value, arrival.SourceId);
        return await grains.Ask(stream, command, ask, cancellation) switch
        {
            Refused { Refusal.Code: Refusals.GrainPaused } => await TakeForLater(
                arrival,
                inbound,
                id,
                (stream, command, $"{PersonKey.Of(arrival.Ecosystem, person.Value)}"),
                cancellation
            ),
            var reply => Taken.By(reply, Outcome.Applied),
        };
    }

    private async Task<PersonId?> PersonOf(Arrival arrival, string user, CancellationToken cancellation) =>
        (
            await views.Find<SourceUserView>(SourceUserKey.Of(arrival.Ecosystem, arrival.SourceId, user), cancellation)
        )?.Person;

    /// <summary>
    /// What comes for a stream that is paused is kept as a batch of one, sealed under the person's key, and takes
    /// effect when the stream is resumed.
    /// </summary>
    private async Task<Taken> TakeForLater(
        Arrival arrival,
        InboundEvent inbound,
        string id,
        (GrainKey Stream, ICommand Command, string Subject) told,
        CancellationToken cancellation
    )
    {
        var wire = Wire.Of(told.Command);
        var text = JsonSerializer.Serialize(told.Command, wire.Json);
        var pausedId = EventFields.JoinId('/', ["paused", id]);
        var ask = arrival.Circumstances(pausedId, inbound.Hash);
        if (await box.Seal(told.Subject, id, text, cancellation) is not { } sealedText)
        {
            // Erased since: nobody is there to keep it for.
            var refuse = new RefuseDelivery(arrival.SourceId, inbound.Type, UserUnknown);
            return Taken.By(await grains.Ask(arrival.KeyOf(pausedId), refuse, ask, cancellation), Outcome.Refused);
        }

        var waits = new SealedCommand(told.Subject, id, wire.Name, wire.Version, sealedText);
        var part = new DeliveryPart(
            await events.Keep(arrival, inbound, cancellation) with
            {
                EventId = id,
            },
            CommandEnvelope.Of(told.Stream, waits),
            Reason: null
        );
        var received = new ReceiveDelivery(arrival.SourceId, [part]);
        return Taken.By(await grains.Ask(arrival.KeyOf(pausedId), received, ask, cancellation), Outcome.Received);
    }

    private ICommand? Command(News news, string scheme) =>
        news switch
        {
            ReadingsNews e => SampleBatch.Of(e.Readings, e.Deleted, e.SetAside, time.GetUtcNow()),
            DisconnectedNews e => new DisconnectStream(e.Reason),
            FetchNews e when VendorApis.Find(scheme) is not null => new RequestFetch(
                e.Resource,
                e.Id,
                e.From,
                e.To,
                e.Version
            ),
            _ => null,
        };
}
