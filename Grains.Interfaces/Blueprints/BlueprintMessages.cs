namespace EcosystemSilo.Grains.Interfaces.Blueprints;

/// <summary>
/// Puts a document in force from now on. Publishing the document that is in force already changes nothing.
/// </summary>
[Wire("blueprint.publish")]
public sealed record PublishBlueprint(BlueprintDocument Document) : ICommand;

[Wire("blueprint.published")]
public sealed record BlueprintPublished(int Version, BlueprintDocument Document, DateTimeOffset EffectiveFrom) : IEvent;

[Wire("blueprint.view")]
public sealed record BlueprintView(int Version, BlueprintDocument Document, DateTimeOffset EffectiveFrom) : IView;
