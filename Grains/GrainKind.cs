using EcosystemSilo.Grains.Interfaces;

namespace EcosystemSilo.Grains;

/// <summary>
/// A kind of grain as engines see it. Its state is its view: an immutable record, null before the first event.
/// </summary>
public interface IGrainKind
{
    /// <summary>The kind's name in keys, for example <c>partner</c>.</summary>
    string Name { get; }

    /// <summary>
    /// Version of the state's stored form; a snapshot of another version is ignored and rebuilt from events.
    /// </summary>
    int StateShape { get; }

    Type StateType { get; }

    /// <summary>
    /// Whether a grain stays in memory after a command, for the next. False for kinds that get one command and may be
    /// large.
    /// </summary>
    bool IsKept => true;

    Decision Decide(IView? state, ICommand command, DecisionContext context);

    IView Apply(IView? state, IEvent happened);
}

/// <summary>
/// Describes a kind by its two pure functions. One instance a kind, listed in <see cref="GrainKinds"/>.
/// </summary>
public sealed class GrainKind<TState>(
    string name,
    int stateShape,
    Func<TState?, ICommand, DecisionContext, Decision> decide,
    Func<TState?, IEvent, TState> apply,
    bool isKept = true
) : IGrainKind
    where TState : class, IView
{
    public string Name => name;

    public int StateShape => stateShape;

    public Type StateType => typeof(TState);

    public bool IsKept => isKept;

    public Decision Decide(IView? state, ICommand command, DecisionContext context) =>
        decide((TState?)state, command, context);

    public IView Apply(IView? state, IEvent happened) => apply((TState?)state, happened);
}
