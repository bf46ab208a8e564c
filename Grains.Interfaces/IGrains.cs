using System.Text.Json.Serialization;
using EcosystemSilo.Grains.Interfaces.Calls;

namespace EcosystemSilo.Grains.Interfaces;

/// <summary>
/// The narrow waist: all that callers know of grains. Which engine runs them, where, and how they are stored is not
/// visible here.
/// </summary>
public interface IGrains
{
    /// <summary>
    /// Asks a grain to handle a command and returns once the outcome is durable. The same command id in the same scope
    /// takes effect at most once: a repeat gets the first answer, another body under the same id is refused with
    /// <see cref="Refusals.IdReused"/>.
    /// </summary>
    /// <exception cref="GrainUnavailableException">The outcome is unknown or nothing was tried; ask again with the same
    /// id.</exception>
    Task<Reply> Ask(GrainKey key, ICommand command, Ask ask, CancellationToken cancellation);

    /// <summary>
    /// Reads a grain's committed view. Null when the grain has no events.
    /// </summary>
    /// <exception cref="GrainUnavailableException">The grain could not be read; try again.</exception>
    Task<Versioned<TView>?> Read<TView>(GrainKey key, ReadAt at, CancellationToken cancellation)
        where TView : class, IView;
}

/// <summary>The circumstances of a command.</summary>
/// <param name="Scope">Whoever chose the id: a caller or a webhook source. Ids are unique within it.</param>
/// <param name="Id">The command's id: an Idempotency-Key, a sender's delivery id, or one derived from an event's
/// position.</param>
/// <param name="Hash">SHA-256 of what was asked; when empty, that of the command itself.</param>
/// <param name="Actor">Who asks, for the journal, for example <c>key:k_12ab</c>.</param>
/// <param name="Correlation">Carried from the first request to everything that follows.</param>
/// <param name="ExpectedVersion">When given, the command is refused unless the grain is at this version
/// (If-Match).</param>
public sealed record Ask(
    string Scope,
    string Id,
    string Actor,
    string Correlation,
    ReadOnlyMemory<byte> Hash = default,
    long? ExpectedVersion = null
)
{
    /// <summary>
    /// How long the caller waits for the answer, repeats included; when null, as long as callers usually do.
    /// </summary>
    [JsonIgnore]
    public TimeSpan? Patience { get; init; }
}

/// <summary>
/// Which state to read: the newest committed, one at least as new as a version, or exactly one version.
/// </summary>
/// <param name="AtLeast">Waits up to <paramref name="Patience"/> for this version, then returns what there is.</param>
/// <param name="Exactly">Reads the state as it was at this version.</param>
public readonly record struct ReadAt(long AtLeast = 0, TimeSpan Patience = default, long? Exactly = null)
{
    public static ReadAt Newest => default;

    public static ReadAt Version(long version) => new(Exactly: version);
}

public sealed record Versioned<TView>(long Version, TView View)
    where TView : class, IView;

/// <summary>The answer to a command.</summary>
public abstract record Reply : Outcome;

/// <summary>The command is durable. Version is the grain's version that it led to.</summary>
/// <param name="Grain">The grain that holds it; differs from the one asked only when a repeat first reached
/// another.</param>
/// <param name="Repeated">The command had been committed before; this is the answer it got then.</param>
[Wire("reply.accepted")]
public sealed record Accepted(GrainKey Grain, long Version, bool Repeated) : Reply;

/// <summary>The rules say no; nothing was stored.</summary>
[Wire("reply.refused")]
public sealed record Refused(Refusal Refusal) : Reply;

/// <summary>
/// Nothing is known to have happened, because a queue was full or the journal did not answer. Retrying helps.
/// </summary>
public sealed class GrainUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
