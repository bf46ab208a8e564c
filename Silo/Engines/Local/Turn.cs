using EcosystemSilo.Grains.Interfaces;

namespace EcosystemSilo.Silo.Engines.Local;

/// <summary>One command on its way through a mailbox.</summary>
internal sealed class Turn(ICommand command, Ask ask, byte[] hash)
{
    /// <summary>
    /// Whoever waits goes on where the turn ends, so no turn may end under the gate of its activation.
    /// </summary>
    private readonly TaskCompletionSource<TurnEnd> _end = new();

    public ICommand Command => command;

    public Ask Ask => ask;

    public byte[] Hash => hash;

    public Task<TurnEnd> End => _end.Task;

    public void Answer(Reply reply) => _end.TrySetResult(new TurnEnd(reply, Conflicted: false));

    /// <summary>The activation is gone; the command must run again on fresh state.</summary>
    public void RunAgain(bool conflicted) => _end.TrySetResult(new TurnEnd(Reply: null, conflicted));

    public void Fail(Exception fault) => _end.TrySetException(fault);
}

/// <summary>How a turn ended: with a reply, or without one because its activation went stale.</summary>
/// <param name="Conflicted">Its own commit met a newer version, rather than a neighbour's.</param>
internal readonly record struct TurnEnd(Reply? Reply, bool Conflicted);
