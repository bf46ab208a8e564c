using System.Collections.Immutable;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Sources;

namespace EcosystemSilo.Grains.Sources;

/// <summary>
/// An inbound webhook source: its scheme with its settings, its secrets with their overlap, and its mapping to
/// commands.
/// </summary>
public static class Source
{
    public static GrainKind<SourceView> Kind { get; } = new(SourceKey.Kind, stateShape: 4, Decide, Apply);

    private static readonly IReadOnlyDictionary<string, SourceSetting> NoSettings = ImmutableSortedDictionary<
        string,
        SourceSetting
    >.Empty;

    public static Decision Decide(SourceView? source, ICommand command, DecisionContext context) =>
        (source, command) switch
        {
            (null, CreateSource c) => Decision.Accept([.. Create(c)]),
            (null, _) => Decision.Refuse(Refusals.Missing(context.Key)),
            (_, CreateSource) => Decision.Refuse(Refusals.Exists(context.Key)),
            (_, RotateSecret c) => Decision.Accept(new SecretRotated(c.Secret, context.Now + c.Overlap)),
            (_, ChangeMapping c) => Decision.Accept(new MappingChanged(c.Mapping)),
            (_, ChangeSettings c) => Decision.Accept(new SettingsChanged(c.Settings)),
            _ => throw Unhandled.Command(SourceKey.Kind, command),
        };

    public static SourceView Apply(SourceView? source, IEvent happened) =>
        (source, happened) switch
        {
            (null, SourceCreated e) => new SourceView(e.Name, e.Scheme, e.Mapping, [e.Secret], NoSettings, e.Role),
            ({ }, SecretRotated e) => source with { Secrets = Rotate(source.Secrets, e.Secret, e.OthersExpireAt) },
            ({ }, MappingChanged e) => source with { Mapping = e.Mapping },
            ({ }, SettingsChanged e) => source with { Settings = Change(source.Settings, e.Settings) },
            _ => throw Unhandled.Event(SourceKey.Kind, happened),
        };

    private static IEnumerable<IEvent> Create(CreateSource create)
    {
        yield return new SourceCreated(create.Name, create.Scheme, create.Mapping, create.Secret, create.Role);
        if (create.Settings is { Count: > 0 } settings)
        {
            yield return new SettingsChanged(settings);
        }
    }

    /// <summary>A secret cannot be shown, so whoever changes the other settings need not repeat it.</summary>
    private static ImmutableSortedDictionary<string, SourceSetting> Change(
        IReadOnlyDictionary<string, SourceSetting> settings,
        IReadOnlyDictionary<string, SourceSetting> changed
    ) =>
        settings
            .Where(setting => setting.Value.Hint is not null && !changed.ContainsKey(setting.Key))
            .Concat(changed)
            .ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>
    /// Secrets that had run out before the rotation are forgotten; the others get the end of the overlap.
    /// </summary>
    internal static IReadOnlyList<SealedSecret> Rotate(
        IReadOnlyList<SealedSecret> secrets,
        SealedSecret added,
        DateTimeOffset othersExpireAt
    ) =>
        [
            added,
            .. secrets
                .Where(secret => secret.ExpiresAt is null || secret.ExpiresAt > added.CreatedAt)
                .Select(secret =>
                    secret.ExpiresAt < othersExpireAt ? secret : secret with { ExpiresAt = othersExpireAt }
                ),
        ];
}
