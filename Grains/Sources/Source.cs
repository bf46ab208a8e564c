using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Sources;

namespace EcosystemSilo.Grains.Sources;

/// <summary>
/// An inbound webhook source: its scheme, its secrets with their overlap, and its mapping to commands.
/// </summary>
public static class Source
{
    public static GrainKind<SourceView> Kind { get; } = new(SourceKey.Kind, stateShape: 1, Decide, Apply);

    public static Decision Decide(SourceView? source, ICommand command, DecisionContext context) =>
        (source, command) switch
        {
            (null, CreateSource c) => Decision.Accept(new SourceCreated(c.Name, c.Scheme, c.Mapping, c.Secret)),
            (null, _) => Decision.Refuse(Refusals.Missing(context.Key)),
            (_, CreateSource) => Decision.Refuse(Refusals.Exists(context.Key)),
            (_, RotateSecret c) => Decision.Accept(new SecretRotated(c.Secret, context.Now + c.Overlap)),
            (_, ChangeMapping c) => Decision.Accept(new MappingChanged(c.Mapping)),
            _ => throw Unhandled.Command(SourceKey.Kind, command),
        };

    public static SourceView Apply(SourceView? source, IEvent happened) =>
        (source, happened) switch
        {
            (null, SourceCreated e) => new SourceView(e.Name, e.Scheme, e.Mapping, [e.Secret]),
            ({ }, SecretRotated e) => source with { Secrets = Rotate(source.Secrets, e) },
            ({ }, MappingChanged e) => source with { Mapping = e.Mapping },
            _ => throw Unhandled.Event(SourceKey.Kind, happened),
        };

    /// <summary>
    /// Secrets that had run out before the rotation are forgotten; the others get the end of the overlap.
    /// </summary>
    private static IReadOnlyList<SealedSecret> Rotate(IReadOnlyList<SealedSecret> secrets, SecretRotated rotated) =>
        [
            rotated.Secret,
            .. secrets
                .Where(secret => secret.ExpiresAt is null || secret.ExpiresAt > rotated.Secret.CreatedAt)
                .Select(secret =>
                    secret.ExpiresAt < rotated.OthersExpireAt
                        ? secret
                        : secret with
                        {
                            ExpiresAt = rotated.OthersExpireAt,
                        }
                ),
        ];
}
