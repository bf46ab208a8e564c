using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.WearableStreams;
using EcosystemSilo.Senders.Schemes;
using EcosystemSilo.Senders.Secrets;

namespace EcosystemSilo.Senders.Fetching;

/// <summary>
/// Asks a sender in a person's name. Tokens that ran out are replaced, and stored before they are used: many senders
/// take a refresh token only once.
/// </summary>
internal sealed class VendorSession(
    GrainKey stream,
    IVendorApi api,
    VendorClient client,
    SourceSettings settings,
    Authorisation authorisation,
    TokenBox box,
    IGrains grains,
    TimeProvider clock
)
{
    private Authorisation _authorisation = authorisation;
    private VendorTokens _tokens = box.Open(stream, authorisation.Sealed);
    private bool _isFresh;

    public VendorTokens Tokens => _tokens;

    /// <summary>Who we are at the sender; null when the source does not say.</summary>
    public VendorClientId? Client { get; } =
        settings[SharedSettings.ApiClientId.Name] is { } id
        && settings[SharedSettings.ApiClientSecret.Name] is { } secret
            ? new VendorClientId(id, secret)
            : null;

    public async Task<VendorAnswer> Ask(VendorRequest request, bool isPast, CancellationToken cancellation)
    {
        if (request.IsAnonymous)
        {
            return await client.Ask(stream, request, _tokens.Access, isPast, cancellation);
        }

        if (await Renew(isPast, cancellation) is { } fault)
        {
            return fault;
        }

        var answer = await client.Ask(stream, request, _tokens.Access, isPast, cancellation);
        return answer.Meaning != Answered.Unauthorised || _isFresh ? answer
            : await Refresh(isPast, cancellation) is { } refused ? refused
            : await client.Ask(stream, request, _tokens.Access, isPast, cancellation);
    }

    /// <summary>Replaces tokens of which it is known that they run out.</summary>
    /// <returns>Null when there are tokens to ask with; else why not.</returns>
    public async Task<VendorAnswer?> Renew(bool isPast, CancellationToken cancellation) =>
        _tokens.ExpiresAt < clock.GetUtcNow() + FetchLimits.TokenMargin ? await Refresh(isPast, cancellation) : null;

    /// <returns>Null when there are fresh tokens; else why not.</returns>
    private async Task<VendorAnswer?> Refresh(bool isPast, CancellationToken cancellation)
    {
        if (_tokens.Refresh is not { } refreshToken || Client is null)
        {
            return new VendorAnswer(Answered.Unauthorised, Reason: "tokens-expired");
        }

        var request = api.Refresh(Client, refreshToken);
        var answer = await client.Ask(stream, request, _tokens.Access, isPast, cancellation);
        if (answer.Meaning != Answered.Well)
        {
            // A sender that refuses a refresh token says 400 (RFC 6749 section 5.2).
            return answer with
            {
                Meaning = answer is { Meaning: Answered.Refused, Status: not null }
                    ? Answered.Unauthorised
                    : answer.Meaning,
            };
        }

        if (api.ReadTokens(answer.Body, clock.GetUtcNow()) is not { } fresh)
        {
            return new VendorAnswer(Answered.Failed, Reason: "answer-malformed");
        }

        // Not every sender gives a new refresh token; then the old one goes on.
        _tokens = fresh with
        {
            Refresh = fresh.Refresh ?? refreshToken,
        };
        _isFresh = true;
        var renewed = box.Seal(stream, _tokens);
        await grains.Ask(
            stream,
            new RenewTokens(renewed, Replaced: _authorisation.Sealed),
            new Ask($"{stream.Ecosystem}/tokens", Base32.Random(16), "fetch", $"{stream}"),
            cancellation
        );
        _authorisation = _authorisation with { Sealed = renewed };
        return null;
    }
}
