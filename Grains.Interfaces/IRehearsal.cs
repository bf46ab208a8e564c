using System.Text.Json;

namespace EcosystemSilo.Grains.Interfaces;

/// <summary>Tells what a command would do, and does nothing.</summary>
public interface IRehearsal
{
    /// <summary>
    /// Decides the command on the grain's committed state, at this time and under the blueprint in force. What follows
    /// at other grains is not rehearsed.
    /// </summary>
    /// <exception cref="GrainUnavailableException">The grain could not be read; try again.</exception>
    Task<Rehearsed> Rehearse(GrainKey key, ICommand command, string actor, CancellationToken cancellation);
}

/// <param name="Version">The version of the grain that it was decided on; 0 for one that does not exist.</param>
/// <param name="Refusal">Why the grain would refuse it; null when it would not.</param>
/// <param name="Events">What would happen, in words.</param>
/// <param name="Changes">What would be different in the grain's state afterwards.</param>
public sealed record Rehearsed(
    long Version,
    Refusal? Refusal,
    IReadOnlyList<string> Events,
    IReadOnlyList<StateChange> Changes
);

/// <summary>One difference between two states.</summary>
/// <param name="Path">Where, for example <c>$.amount.minor</c>.</param>
/// <param name="Before">Null when there was nothing.</param>
/// <param name="After">Null when there would be nothing.</param>
public sealed record StateChange(string Path, JsonElement? Before, JsonElement? After);
