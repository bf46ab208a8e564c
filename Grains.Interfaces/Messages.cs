namespace EcosystemSilo.Grains.Interfaces;

/// <summary>What a caller asks of a grain. Immutable, with a stable <see cref="WireAttribute"/> name.</summary>
public interface ICommand;

/// <summary>
/// What happened to a grain, as stored in the journal. Its shape never changes; a new shape is a new version.
/// </summary>
public interface IEvent;

/// <summary>What a grain shows of itself.</summary>
public interface IView;

/// <summary>
/// The stable name and version under which a message is stored and sent; the type may be renamed freely.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class WireAttribute(string name, int version = 1) : Attribute
{
    public string Name { get; } = name;
    public int Version { get; } = version;
}

/// <summary>
/// Asks a grain to act on one of its deadlines. Sent by the deadline clock, handled like any command.
/// </summary>
[Wire("deadline.reached")]
public sealed record DeadlineReached(string Name, DateTimeOffset Due) : ICommand;
