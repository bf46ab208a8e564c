using EcosystemSilo.Grains.Interfaces.Lifecycle;

namespace EcosystemSilo.Grains.Interfaces.Board;

/// <summary>Which cards are wanted; null means any.</summary>
/// <param name="Text">Part of the id, name, partner or product, in any case.</param>
public sealed record BoardFilter(
    Phase? Phase = null,
    TierId? Tier = null,
    CategoryId? Category = null,
    string? Text = null
)
{
    public static BoardFilter Everything { get; } = new();
}

/// <summary>What one viewer sees.</summary>
/// <param name="Only">The partner whose cards alone the viewer may see; null for viewers who may see all.</param>
public sealed record BoardScope(EcosystemId Ecosystem, BoardKind Kind, BoardFilter Filter, PartnerId? Only = null);

/// <summary>
/// The live board. A viewer keeps nothing here but a version, so a slow one costs nothing: it asks for what changed
/// since its version, and gets each changed card once, in its last state.
/// </summary>
public interface IBoard
{
    /// <summary>Everything in the scope, now.</summary>
    BoardJson Snapshot(BoardScope scope);

    /// <summary>The version up to which <see cref="Since"/> answers.</summary>
    long Version(BoardScope scope);

    /// <summary>
    /// What changed in the scope after a version. Null: too long ago or too much to tell, take a snapshot.
    /// </summary>
    /// <param name="after">The version the viewer is known to be at, from an earlier answer.</param>
    /// <param name="shown">The version last sent to the viewer, which the delta says it follows.</param>
    BoardStep? Since(BoardScope scope, long after, long shown);

    /// <summary>
    /// Completes with true once <see cref="Version"/> may be beyond the given one, with false when the patience is
    /// over.
    /// </summary>
    Task<bool> Changed(BoardScope scope, long after, TimeSpan patience, CancellationToken cancellation);
}

/// <summary>A step forward to a version.</summary>
/// <param name="Delta">Null when nothing in the scope changed.</param>
public readonly record struct BoardStep(long Version, BoardJson? Delta);
