using EcosystemSilo.Grains.Interfaces;

namespace EcosystemSilo.Tests.Simulation;

internal enum CallEnd
{
    /// <summary>No answer: the connection broke, the caller gave up, or the silo said that it does not know.</summary>
    Unknown,
    Accepted,
    Refused,
}

/// <summary>
/// One sending of a command, as its sender saw it. Steps of the simulated thread tell what came before what.
/// </summary>
internal sealed class SimulatedCall(
    string id,
    GrainKey grain,
    ICommand command,
    string silo,
    long invoked,
    DateTimeOffset at
)
{
    public string Id => id;

    public GrainKey Grain => grain;

    public ICommand Command => command;

    /// <summary>What tells a repeat from another command under the same id.</summary>
    public string Body { get; } = $"{grain} {command}";

    public string Silo => silo;

    public long Invoked => invoked;

    public DateTimeOffset InvokedAt => at;

    public long Ended { get; private set; } = long.MaxValue;

    public CallEnd End { get; private set; }

    public Accepted? Accepted { get; private set; }

    public string? Refusal { get; private set; }

    public void Finish(Reply? reply, long step)
    {
        Ended = step;
        Accepted = reply as Accepted;
        Refusal = (reply as Refused)?.Refusal.Code;
        End =
            Accepted is not null ? CallEnd.Accepted
            : Refusal is not null ? CallEnd.Refused
            : CallEnd.Unknown;
    }

    public override string ToString() =>
        $"{id} ({command.GetType().Name} to {grain} through {silo}): {End} {Accepted?.Version}{Refusal}";
}
