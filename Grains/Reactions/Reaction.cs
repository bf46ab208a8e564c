using EcosystemSilo.Grains.Interfaces;

namespace EcosystemSilo.Grains.Reactions;

/// <summary>A command that follows from an event. When the grain refuses it for good, IfRefused may name another.</summary>
public sealed record FollowUp(GrainKey Target, ICommand Command, Func<Refusal, FollowUp>? IfRefused = null);

/// <summary>
/// Carries what happened to one grain to others, as a pure function. The runner gives each follow-up an id derived
/// from the event's position, so that a repeat after a crash is recognised.
/// </summary>
/// <param name="On">The events it is interested in; others are not even read.</param>
public sealed record Reaction(IReadOnlyList<Type> On, Func<GrainKey, IEvent, IEnumerable<FollowUp>> React);
