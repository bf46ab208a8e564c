using EcosystemSilo.Gateway.Http;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.People;
using EcosystemSilo.Grains.Interfaces.SourceUsers;
using EcosystemSilo.Grains.Interfaces.WearableStreams;

namespace EcosystemSilo.Gateway.WearableStreams;

/// <summary>
/// Tells a person's streams what the person's consents allow, before whoever changed one gets the answer: from then on
/// nothing flows that was taken back. A reaction tells them again, should this process die in between.
/// </summary>
public sealed class StreamPermissions(IGrains grains)
{
    /// <exception cref="GrainUnavailableException">A stream could not be told; ask again.</exception>
    public Task Tell(GrainKey person, PersonView view, Exchange exchange) =>
        Task.WhenAll(view.Streams.Select(stream => Tell(person, stream, exchange)));

    /// <summary>Lets the users go that a person is at its sources, so that they can be connected again.</summary>
    public async Task Unlink(GrainKey person, Exchange exchange)
    {
        var (ecosystem, id) = (person.Ecosystem, new PersonId(person.Id));
        foreach (var stream in (await exchange.Find<PersonView>(person))?.Streams ?? [])
        {
            var key = WearableStreamKey.Of(ecosystem, id, stream.Source);
            if (await exchange.Find<WearableStreamView>(key) is { User: { } user })
            {
                var link = SourceUserKey.Of(ecosystem, stream.Source, user);
                await exchange.AskPart(link, new UnlinkUser(id), $"unlink/{stream.Source}");
            }
        }
    }

    private Task<Reply> Tell(GrainKey person, StreamPermission stream, Exchange exchange)
    {
        var asked = exchange.Circumstances();
        var ask = new Ask(
            $"{person.Ecosystem}/permission",
            $"{person.Id}/{stream.Source}/{stream.Serial}",
            asked.Actor,
            asked.Correlation
        );
        var key = WearableStreamKey.Of(person.Ecosystem, new PersonId(person.Id), stream.Source);
        return grains.Ask(key, new FollowConsent(stream.IsAllowed, stream.Serial), ask, CancellationToken.None);
    }
}
