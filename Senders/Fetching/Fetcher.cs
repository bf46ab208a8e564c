using System.Text.Json;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Sources;
using EcosystemSilo.Grains.Interfaces.WearableStreams;
using EcosystemSilo.Senders.Payloads;
using EcosystemSilo.Senders.Schemes;
using EcosystemSilo.Senders.Secrets;

namespace EcosystemSilo.Senders.Fetching;

/// <summary>
/// Makes attempts at fetches: asks page by page, and stores each page before it asks for the next. A page that comes
/// again with the same content is recognised by its hash, and any other changes nothing that is newer.
/// </summary>
internal sealed class Fetcher(
    IGrains grains,
    SourceSecrets secrets,
    TokenBox box,
    VendorClients clients,
    FetchingOptions options,
    TimeProvider clock
) : IFetcher
{
    private const int HashCharsOfId = 16;

    public async Task<FetchResult> Fetch(
        GrainKey stream,
        WearableStreamView view,
        PendingFetch fetch,
        CancellationToken cancellation
    )
    {
        var source = SourceKey.Of(stream.Ecosystem, WearableStreamKey.Parts(stream).Source);
        if (
            await grains.Read<SourceView>(source, ReadAt.Newest, cancellation) is not { View: var sender }
            || VendorApis.Find(sender.Scheme) is not { } api
        )
        {
            return new FetchResult(FetchOutcome.Impossible, "not-fetched");
        }

        if (view.Authorisation is not { } authorisation)
        {
            return new FetchResult(FetchOutcome.Impossible, "not-authorised");
        }

        var settings = secrets.SettingsOf(source, sender);
        var address = settings[SharedSettings.ApiAddress.Name];
        if (address is not null && !options.AllowOtherAddresses)
        {
            return new FetchResult(FetchOutcome.Impossible, "address-not-allowed");
        }

        var client = clients.Of(source, api, address);
        var session = new VendorSession(stream, api, client, settings, authorisation, box, grains, clock);
        return fetch.IsDeregistration
            ? await Deregister(view, api, session, cancellation)
            : await FetchPages(stream, view, fetch, api, session, cancellation);
    }

    private async Task<FetchResult> Deregister(
        WearableStreamView view,
        IVendorApi api,
        VendorSession session,
        CancellationToken cancellation
    )
    {
        // Whatever comes of it: not every sender wants a token for this.
        await session.Renew(isPast: false, cancellation);
        var leaver = new Leaver(session.Tokens, session.Client, view.User ?? "", clock.GetUtcNow());
        if (api.Deregister(leaver) is not { } request)
        {
            return new FetchResult(FetchOutcome.Impossible, "no-deregistration");
        }

        for (var step = 0; step < FetchLimits.DeregistrationStepsMax; step++)
        {
            var answer = await session.Ask(request, isPast: false, cancellation);
            if (answer.Meaning != Answered.Well || api.DeregisterNext(leaver, answer.Body) is not { } next)
            {
                return answer.ToResult();
            }

            request = next;
        }

        return new FetchResult(FetchOutcome.Impossible, "too-many-pages");
    }

    private async Task<FetchResult> FetchPages(
        GrainKey stream,
        WearableStreamView view,
        PendingFetch fetch,
        IVendorApi api,
        VendorSession session,
        CancellationToken cancellation
    )
    {
        var request = api.First(fetch);
        if (request is null)
        {
            return new FetchResult(FetchOutcome.Impossible, "resource-unknown");
        }

        for (var page = 0; request is not null; page++)
        {
            if (page == FetchLimits.PagesMax)
            {
                return new FetchResult(FetchOutcome.Impossible, "too-many-pages");
            }

            var answer = await session.Ask(request, fetch.IsPast, cancellation);
            if (answer.Meaning != Answered.Well)
            {
                return answer.ToResult();
            }

            if (api.IsContent(fetch, answer.Body) && !await Store(stream, view, fetch, api, answer, cancellation))
            {
                return new FetchResult(FetchOutcome.Impossible, "stopped");
            }

            request = api.Next(fetch, answer.Body);
        }

        return FetchResult.Done;
    }

    /// <returns>Whether the stream still takes what was asked for.</returns>
    private async Task<bool> Store(
        GrainKey stream,
        WearableStreamView view,
        PendingFetch fetch,
        IVendorApi api,
        VendorAnswer answer,
        CancellationToken cancellation
    )
    {
        // Taken back while the sender answered; the stream itself would refuse what comes after a withdrawal.
        var now = await grains.Read<WearableStreamView>(stream, ReadAt.Newest, cancellation);
        if (now is not { View: { IsAllowed: true, Status: not StreamStatus.Disconnected } })
        {
            return false;
        }

        var id = $"{stream}/{fetch.Number}/{Convert.ToHexStringLower(answer.Hash!)[..HashCharsOfId]}";
        foreach (var (part, command) in Commands(view, fetch, api, answer.Body).Index())
        {
            var ask = new Ask($"{stream.Ecosystem}/fetch", $"{id}/{part}", "fetch", $"{stream}", answer.Hash);
            if (
                await grains.Ask(stream, command, ask, cancellation) is Refused
                {
                    Refusal: { Code: Refusals.GrainPaused } paused
                }
            )
            {
                // Not an end of the fetch: the stream begins it again when it is resumed.
                throw new GrainUnavailableException(paused.Message);
            }
        }

        return true;
    }

    private IEnumerable<StoreSamples> Commands(
        WearableStreamView view,
        PendingFetch fetch,
        IVendorApi api,
        JsonElement body
    )
    {
        var announced = new FetchNews(view.User ?? "", fetch.Resource, fetch.Id, fetch.From, fetch.To, fetch.Version);
        var told = FetchedAnswers.Find(api.Scheme)!(announced, body);
        var (deleted, aside) = (told.Deleted, told.SetAside);
        foreach (var readings in told.Readings.Chunk(FetchLimits.ReadingsPerCommand).DefaultIfEmpty([]))
        {
            yield return SampleBatch.Of(readings, deleted, aside, clock.GetUtcNow());
            (deleted, aside) = ([], []);
        }
    }
}
