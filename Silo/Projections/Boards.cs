using EcosystemSilo.Grains.Interfaces.Board;

namespace EcosystemSilo.Silo.Projections;

/// <summary>The boards of all ecosystems.</summary>
internal sealed class Boards(ReadModels models) : IBoard
{
    public BoardJson Snapshot(BoardScope scope) => Feed(scope).Snapshot(scope);

    public long Version(BoardScope scope) => Feed(scope).Version;

    public BoardStep? Since(BoardScope scope, long after, long shown) => Feed(scope).Since(scope, after, shown);

    public Task<bool> Changed(BoardScope scope, long after, TimeSpan patience, CancellationToken cancellation) =>
        Feed(scope).Changed(after, patience, cancellation);

    private BoardFeed Feed(BoardScope scope) => models.Of(scope.Ecosystem).Board(scope.Kind);
}
