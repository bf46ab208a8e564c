using System.Text.Json;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Blueprints;

namespace EcosystemSilo.Grains.Blueprints;

/// <summary>The published versions of an ecosystem's rules.</summary>
public static class BlueprintGrain
{
    public static GrainKind<BlueprintView> Kind { get; } = new(BlueprintKey.Kind, stateShape: 2, Decide, Apply);

    public static Decision Decide(BlueprintView? blueprint, ICommand command, DecisionContext context) =>
        command switch
        {
            PublishBlueprint { Document.Ecosystem: var ecosystem } when ecosystem != context.Key.Ecosystem.Value =>
                Decision.Refuse(
                    Refusals.Invalid,
                    $"The document is for the ecosystem '{ecosystem}', not '{context.Key.Ecosystem}'.",
                    "ecosystem"
                ),
            PublishBlueprint { Document: var document } when Same(blueprint?.Document, document) => Decision.Nothing,
            PublishBlueprint { Document: var document } => Decision.Accept(
                new BlueprintPublished((blueprint?.Version ?? 0) + 1, document, context.Now)
            ),
            _ => throw Unhandled.Command(BlueprintKey.Kind, command),
        };

    public static BlueprintView Apply(BlueprintView? blueprint, IEvent happened) =>
        happened is BlueprintPublished published
            ? new BlueprintView(published.Version, published.Document, published.EffectiveFrom)
            : throw Unhandled.Event(BlueprintKey.Kind, happened);

    /// <summary>Records compare their lists by reference, so documents are compared by what would be stored.</summary>
    private static bool Same(BlueprintDocument? left, BlueprintDocument right) =>
        left is not null && Serialise(left).AsSpan().SequenceEqual(Serialise(right));

    private static byte[] Serialise(BlueprintDocument document) =>
        JsonSerializer.SerializeToUtf8Bytes(document, Wire.Options.GetTypeInfo(typeof(BlueprintDocument)));
}
