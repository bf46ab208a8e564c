using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Endpoints;
using EcosystemSilo.Grains.Sources;

namespace EcosystemSilo.Grains.Endpoints;

/// <summary>
/// An outbound webhook endpoint: where, what and how to send, its signing secrets with their overlap, and whether it is
/// worth trying.
/// </summary>
public static class Endpoint
{
    private const int Gone = 410;

    public static GrainKind<EndpointView> Kind { get; } = new(EndpointKey.Kind, stateShape: 1, Decide, Apply);

    public static Decision Decide(EndpointView? endpoint, ICommand command, DecisionContext context) =>
        (endpoint, command) switch
        {
            (null, CreateEndpoint c) => Decision.Accept(new EndpointCreated(c.Settings, c.Secret)),
            (null, _) => Decision.Refuse(Refusals.Missing(context.Key)),
            (_, CreateEndpoint) => Decision.Refuse(Refusals.Exists(context.Key)),
            ({ Status: EndpointStatus.Deleted }, DeleteEndpoint) => Decision.Nothing,
            ({ Status: EndpointStatus.Deleted }, _) => Decision.Refuse(Refusals.Missing(context.Key)),
            (_, ChangeEndpoint c) => Decision.Accept(new EndpointChanged(c.Settings)),
            (_, RotateEndpointSecret c) => Rotate(endpoint, c, context.Now),
            (_, DisableEndpoint c) => Disable(endpoint, c.Reason, context.Now),
            (_, EnableEndpoint c) => Enable(endpoint, c),
            (_, DeleteEndpoint) => Decision.Accept(new EndpointDeleted()),
            (_, NoteFailure c) => Fail(endpoint, c, context.Now),
            (_, NoteSuccess c) => endpoint.FailingSince is null
                ? Decision.Nothing
                : Decision.Accept(new EndpointRecovered(c.At)),
            (_, NoteCaughtUp) => endpoint.CatchingUpSince is null
                ? Decision.Nothing
                : Decision.Accept(new EndpointCaughtUp()),
            _ => throw Unhandled.Command(EndpointKey.Kind, command),
        };

    public static EndpointView Apply(EndpointView? endpoint, IEvent happened) =>
        (endpoint, happened) switch
        {
            (null, EndpointCreated e) => new EndpointView(
                e.Settings,
                [e.Secret],
                EndpointStatus.Active,
                Reason: null,
                DisabledAt: null,
                FailingSince: null,
                CatchingUpSince: null
            ),
            ({ }, EndpointChanged e) => endpoint with { Settings = e.Settings },
            ({ }, EndpointSecretRotated e) => endpoint with
            {
                Secrets = Source.Rotate(endpoint.Secrets, e.Secret, e.OthersExpireAt),
            },
            ({ }, EndpointFailing e) => endpoint with { FailingSince = e.Since },
            ({ }, EndpointRecovered) => endpoint with { FailingSince = null },
            ({ }, EndpointDisabled e) => endpoint with
            {
                Status = EndpointStatus.Disabled,
                Reason = e.Reason,
                DisabledAt = e.At,
            },
            ({ }, EndpointEnabled e) => endpoint with
            {
                Status = EndpointStatus.Active,
                Reason = null,
                DisabledAt = null,
                FailingSince = null,
                CatchingUpSince = e.Since,
            },
            ({ }, EndpointCaughtUp) => endpoint with { CatchingUpSince = null },
            ({ }, EndpointDeleted) => endpoint with
            {
                Status = EndpointStatus.Deleted,
                Secrets = [],
                CatchingUpSince = null,
            },
            _ => throw Unhandled.Event(EndpointKey.Kind, happened),
        };

    private static Decision Rotate(EndpointView endpoint, RotateEndpointSecret command, DateTimeOffset now) =>
        endpoint.Secrets.Count(secret => secret.ExpiresAt is null || secret.ExpiresAt > now)
        >= EndpointLimits.SecretsMax
            ? Decision.Refuse(
                Refusals.StatusForbids,
                $"{EndpointLimits.SecretsMax} secrets sign already; wait until the overlap of some has ended."
            )
            : Decision.Accept(new EndpointSecretRotated(command.Secret, now + command.Overlap));

    private static Decision Disable(EndpointView endpoint, DisabledReason reason, DateTimeOffset now) =>
        endpoint.Status == EndpointStatus.Disabled
            ? Decision.Nothing
            : Decision.Accept(new EndpointDisabled(reason, endpoint.Settings.Url, now));

    /// <summary>What it had not been told yet when it was disabled is made up for as well.</summary>
    private static Decision Enable(EndpointView endpoint, EnableEndpoint command)
    {
        if (endpoint.Status != EndpointStatus.Disabled)
        {
            return Decision.Nothing;
        }

        DateTimeOffset?[] missed = [endpoint.DisabledAt, endpoint.FailingSince, endpoint.CatchingUpSince];
        return Decision.Accept(new EndpointEnabled(command.Since ?? missed.Min()!.Value));
    }

    private static Decision Fail(EndpointView endpoint, NoteFailure failure, DateTimeOffset now)
    {
        List<IEvent> events = [];
        if (endpoint.FailingSince is null)
        {
            events.Add(new EndpointFailing(failure.At, failure.Status));
        }

        DisabledReason? reason =
            failure.Status == Gone ? DisabledReason.Gone
            : failure.At - endpoint.FailingSince >= EndpointLimits.FailingMax ? DisabledReason.Failing
            : null;
        if (reason is { } because && endpoint.Status == EndpointStatus.Active)
        {
            events.Add(new EndpointDisabled(because, endpoint.Settings.Url, now));
        }

        return Decision.Accept(events);
    }
}
