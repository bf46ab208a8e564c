using EcosystemSilo.Grains.Interfaces;

namespace EcosystemSilo.Grains.Reactions;

/// <summary>A command that follows from an event.</summary>
/// <param name="Identity">The id that somebody gave the command before; null for one derived from the position.</param>
/// <param name="IfRefused">What to do instead when the grain refuses for good.</param>
public sealed record FollowUp(
    GrainKey Target,
    ICommand Command,
    CommandIdentity? Identity = null,
    Func<Refusal, FollowUp>? IfRefused = null
);

/// <summary>
/// A command's id, unique in its scope, with the hash (SHA-256) that tells a repeat from another command.
/// </summary>
public sealed record CommandIdentity(string Scope, string Id, ReadOnlyMemory<byte> Hash);

/// <summary>
/// Carries what happened to one grain to others, as a pure function. The runner gives each follow-up an id derived
/// from the event's position, so that a repeat after a crash is recognised.
/// </summary>
/// <param name="On">The events it is interested in; others are not even read.</param>
public sealed record Reaction(IReadOnlyList<Type> On, Func<GrainKey, IEvent, IEnumerable<FollowUp>> React);
