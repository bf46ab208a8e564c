using EcosystemSilo.Gateway.Auth;
using EcosystemSilo.Grains.Interfaces;
using Microsoft.AspNetCore.SignalR;

namespace EcosystemSilo.Gateway.Board;

/// <summary>
/// The live board. A viewer watches one board at a time; it gets a <c>Snapshot</c>, or goes on from the version it has,
/// and then <c>Delta</c>s for as long as its credentials are valid.
/// </summary>
public sealed class BoardHub(EcosystemAccess access, StillValid stillValid, BoardWatches watches) : Hub
{
    public const string Path = "/hubs/board";

    /// <summary>Whether a request is for the hub, in any case of its letters, as routes are.</summary>
    internal static bool IsAsked(HttpRequest request) =>
        request.Path.StartsWithSegments(Path, StringComparison.OrdinalIgnoreCase);

    /// <summary>Watches a board, in place of the one watched so far.</summary>
    /// <param name="ecosystem">Compared with the caller's credentials like the ecosystem of a route.</param>
    /// <param name="kind">partners or deals.</param>
    /// <param name="filter">Which cards; null for all that the caller may see.</param>
    /// <param name="fromVersion">The version that the viewer has, to go on from there; null for a snapshot.</param>
    /// <exception cref="HubException">The request was refused; the message begins with the code.</exception>
    public async Task Watch(string? ecosystem, string? kind, WatchFilter? filter, long? fromVersion)
    {
        // Also when the new watch is refused: whoever asked for something else no longer wants the old.
        await watches.Stop(Context.ConnectionId);
        // Anew for every watch: otherwise one who watches again and again would be taken for who it was at first.
        if (await stillValid.Now(Context, Context.ConnectionAborted) is not { } caller)
        {
            Context.Abort();
            throw Refused(AccessCheck.NobodySignedIn);
        }

        if (access.Check(caller, ecosystem) is { } refusal)
        {
            throw Refused(refusal);
        }

        var (scope, fault) = BoardScopes.Read(caller, new EcosystemId(ecosystem!), kind, filter ?? new WatchFilter());
        if (fault is not null)
        {
            throw Refused(fault);
        }

        watches.Start(Context, scope!, fromVersion);
    }

    /// <summary>Stops watching; the connection stays.</summary>
    public Task Unwatch() => watches.Stop(Context.ConnectionId);

    public override Task OnConnectedAsync()
    {
        _ = watches.Guard(Context);
        return Task.CompletedTask;
    }

    public override Task OnDisconnectedAsync(Exception? exception) => watches.Stop(Context.ConnectionId);

    private static HubException Refused(Refusal refusal) => new($"{refusal.Code}: {refusal.Message}");
}
