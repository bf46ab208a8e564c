using EcosystemSilo.Grains.Interfaces.ApiKeys;

namespace EcosystemSilo.Grains.Interfaces.Sources;

/// <summary>
/// A webhook secret, encrypted under the master key. Hint is its last characters, to tell secrets apart.
/// </summary>
/// <param name="ExpiresAt">Null for the newest; an older one stays valid until then (rotation with overlap).</param>
public sealed record SealedSecret(
    string Sealed,
    string Hint,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ExpiresAt = null
);

/// <summary>
/// How a sender's events become commands. Placeholders such as <c>{objectId}</c> in the texts are filled from the
/// event.
/// </summary>
/// <param name="Stages">The sender's stage names to ours: a phase, <c>won</c> or <c>lost</c>.</param>
/// <param name="DealId">Text of the deal's id, for example <c>hubspot-{objectId}</c>.</param>
/// <param name="Partner">The partner to whom deals of this sender belong when the event names none.</param>
/// <param name="Program">The customer program that this sender's referrals are for.</param>
public sealed record SourceMapping(
    IReadOnlyDictionary<string, string>? Stages = null,
    string? DealId = null,
    string? Partner = null,
    string? Product = null,
    string? Currency = null,
    string? CustomerName = null,
    string? CustomerDomain = null,
    string? StageProperty = null,
    string? AmountProperty = null,
    string? Program = null
);

/// <summary>What a scheme needs to know of one source beside its secret, for example an address list.</summary>
/// <param name="Value">The text; encrypted under the master key when it is a secret.</param>
/// <param name="Hint">A secret's last characters; null for a plain text.</param>
public sealed record SourceSetting(string Value, string? Hint = null);

/// <param name="Role">Whose rights its events have: integration, partner-manager or ecosystem-admin.</param>
[Wire("source.create")]
public sealed record CreateSource(
    string Name,
    string Scheme,
    SourceMapping Mapping,
    SealedSecret Secret,
    IReadOnlyDictionary<string, SourceSetting>? Settings = null,
    Role? Role = null
) : ICommand;

/// <summary>Adds a secret; the ones before it stay valid for the overlap.</summary>
[Wire("source.rotate-secret")]
public sealed record RotateSecret(SealedSecret Secret, TimeSpan Overlap) : ICommand;

[Wire("source.change-mapping")]
public sealed record ChangeMapping(SourceMapping Mapping) : ICommand;

/// <summary>Replaces the plain settings, and the secret ones that it names; other secret ones stay.</summary>
[Wire("source.change-settings")]
public sealed record ChangeSettings(IReadOnlyDictionary<string, SourceSetting> Settings) : ICommand;

/// <param name="Role">Null for sources from before roles were given: they have the rights of a partner-manager.</param>
[Wire("source.created")]
public sealed record SourceCreated(
    string Name,
    string Scheme,
    SourceMapping Mapping,
    SealedSecret Secret,
    Role? Role = null
) : IEvent;

[Wire("source.secret-rotated")]
public sealed record SecretRotated(SealedSecret Secret, DateTimeOffset OthersExpireAt) : IEvent;

[Wire("source.mapping-changed")]
public sealed record MappingChanged(SourceMapping Mapping) : IEvent;

[Wire("source.settings-changed")]
public sealed record SettingsChanged(IReadOnlyDictionary<string, SourceSetting> Settings) : IEvent;

[Wire("source.view")]
public sealed record SourceView(
    string Name,
    string Scheme,
    SourceMapping Mapping,
    IReadOnlyList<SealedSecret> Secrets,
    IReadOnlyDictionary<string, SourceSetting> Settings,
    Role? Role = null
) : IView;
