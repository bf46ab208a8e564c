using EcosystemSilo.Grains.Interfaces.Board;

namespace EcosystemSilo.Gateway.Board;

/// <summary>
/// One viewer's watch. It keeps a version and nothing else, and asks what changed since then only when the last message
/// is on its way: a slow viewer gets fewer and larger steps, and a very slow one a snapshot.
/// </summary>
/// <param name="send">Sends a message by its name; completes when the viewer can take the next.</param>
/// <param name="mayWatch">Whether the viewer's credentials are still valid.</param>
internal sealed class BoardWatch(
    IBoard board,
    BoardScope scope,
    Func<string, BoardJson, Task> send,
    Func<CancellationToken, ValueTask<bool>> mayWatch
)
{
    public const string Snapshot = "Snapshot";
    public const string Delta = "Delta";

    /// <summary>
    /// Runs until the credentials end, or throws when it is cancelled or a message could not be sent.
    /// </summary>
    /// <param name="from">The version that the viewer has; null for none.</param>
    public async Task Run(long? from, CancellationToken cancellation)
    {
        var (cursor, shown) = (from, from);
        if (from > board.Version(scope))
        {
            await board.Changed(scope, from.Value - 1, BoardLimits.VersionPatience, cancellation);
        }

        while (await mayWatch(cancellation))
        {
            if (cursor is { } at && board.Since(scope, at, shown ?? at) is { } step)
            {
                cursor = step.Version;
                if (step.Delta is { } delta)
                {
                    await send(Delta, delta);
                    shown = delta.Version;
                }
            }
            else
            {
                var snapshot = board.Snapshot(scope);
                await send(Snapshot, snapshot);
                cursor = shown = snapshot.Version;
            }

            await board.Changed(scope, cursor.Value, BoardLimits.QuietRecheckInterval, cancellation);
        }
    }
}
