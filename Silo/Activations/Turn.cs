using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Calls;
using EcosystemSilo.Journal;

namespace EcosystemSilo.Silo.Activations;

/// <summary>One command on its way through a core.</summary>
internal sealed class Turn(ICommand command, Ask ask, byte[] hash)
{
    /// <summary>
    /// Whoever waits goes on in the core's own turn, so ending a turn is the last thing that is done.
    /// </summary>
    private readonly TaskCompletionSource<Outcome> _end = new();

    public ICommand Command => command;

    public Ask Ask => ask;

    public byte[] Hash => hash;

    public (string Scope, string Id) Name => (ask.Scope, ask.Id);

    /// <summary>The line of decisions that it was decided in.</summary>
    public AppendChain? Chain { get; set; }

    public Task<Outcome> End => _end.Task;

    public void Answer(Outcome outcome) => _end.TrySetResult(outcome);

    public void Fail(Exception fault)
    {
        if (fault is JournalUnavailableException)
        {
            Answer(new Unavailable("The journal did not answer."));
        }
        else
        {
            _end.TrySetException(fault);
        }
    }
}
