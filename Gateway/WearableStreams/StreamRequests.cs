using EcosystemSilo.Gateway.Http;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.People;
using EcosystemSilo.Grains.Interfaces.WearableStreams;
using EcosystemSilo.Senders.Fetching;
using EcosystemSilo.Senders.Json;

namespace EcosystemSilo.Gateway.WearableStreams;

/// <summary>
/// Connects a person to a source of wearable data. Nothing is stored before the purpose is agreed to.
/// </summary>
/// <param name="Source">The webhook source by which the data come.</param>
/// <param name="User">The sender's own id of the person, 1 to 200 characters; left out where the whole source is
/// this person's.</param>
/// <param name="Purpose">What the data are for; coaching when left out.</param>
public sealed record ConnectStreamRequest(SourceId Source, string? User = null, Purpose Purpose = Purpose.Coaching)
    : IRequest<ConnectStreamRequest>
{
    public static ConnectStreamRequest Read(Fields fields) =>
        new(
            fields.Id<SourceId>("source"),
            fields.OptionalText("user", FieldLimits.NameLengthMax),
            fields.OptionalWord<Purpose>("purpose") ?? Purpose.Coaching
        );
}

/// <summary>Gives the tokens by which the person lets their data be fetched. They are never shown.</summary>
/// <param name="AccessToken">1 to 4,096 characters.</param>
/// <param name="RefreshToken">By which fresh ones are had; left out where tokens do not run out.</param>
/// <param name="ExpiresInSeconds">As the sender said it, 1 to 315,360,000; left out when it did not.</param>
public sealed record AuthoriseStreamRequest(
    string AccessToken,
    string? RefreshToken = null,
    int? ExpiresInSeconds = null
) : IRequest<AuthoriseStreamRequest>
{
    public static AuthoriseStreamRequest Read(Fields fields) =>
        new(
            fields.Text("accessToken", FetchLimits.TokenCharsMax),
            fields.OptionalText("refreshToken", FetchLimits.TokenCharsMax),
            fields.OptionalInteger("expiresInSeconds", 1, FetchLimits.TokenLifetimeMax)
        );

    internal VendorTokens ToTokens(DateTimeOffset now) =>
        new(AccessToken, RefreshToken, VendorTokens.ExpiryOf(ExpiresInSeconds, now));

    public override string ToString() => "(tokens)";
}

/// <summary>Says that what lies in the past is on its way, or has it fetched where the sender can be asked.</summary>
/// <param name="From">From when on.</param>
public sealed record StartBackfillRequest(DateTimeOffset From) : IRequest<StartBackfillRequest>
{
    public static StartBackfillRequest Read(Fields fields) => new(fields.Time("from"));
}

/// <summary>Says that the past is complete.</summary>
/// <param name="Measure">Of one measure; left out, of all.</param>
public sealed record CompleteBackfillRequest(Measure? Measure = null) : IRequest<CompleteBackfillRequest>
{
    public static CompleteBackfillRequest Read(Fields fields) => new(fields.OptionalWord<Measure>("measure"));
}

/// <summary>Says which of a person's sources counts where several tell of the same time.</summary>
/// <param name="Measure">For one measure; left out, for all that have no order of their own.</param>
/// <param name="Sources">The one that counts first stands first.</param>
public sealed record PreferSourcesRequest(IReadOnlyList<SourceId> Sources, Measure? Measure = null)
    : IRequest<PreferSourcesRequest>
{
    public static PreferSourcesRequest Read(Fields fields) =>
        new(
            fields.IdList<SourceId>("sources", GatewayLimits.SourcesOfPersonMax),
            fields.OptionalWord<Measure>("measure")
        );

    public PreferSources ToCommand() => new(Measure, Sources);
}
