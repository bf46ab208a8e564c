using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Calls;
using EcosystemSilo.Journal;

namespace EcosystemSilo.Silo.Activations;

/// <summary>One command on its way through a core.</summary>
internal sealed class Turn(ICommand command, Ask ask, byte[] hash, SiloMetrics metrics)
{
    private readonly long _since = metrics.Begin();
    private bool _isEnded;

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

    public void Answer(Outcome outcome)
    {
        Note(outcome is Reply);
        _end.TrySetResult(outcome);
    }

    public void Fail(Exception fault)
    {
        if (fault is JournalUnavailableException)
        {
            Answer(new Unavailable("The journal did not answer."));
        }
        else
        {
            Note(isReply: false);
            _end.TrySetException(fault);
        }
    }

    private void Note(bool isReply)
    {
        if (!_isEnded)
        {
            _isEnded = true;
            metrics.End(_since, isReply);
        }
    }
}
