using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using EcosystemSilo.Grains;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Interfaces.Pauses;
using EcosystemSilo.Grains.Pauses;
using EcosystemSilo.Journal;

namespace EcosystemSilo.Silo;

/// <summary>Between what grains speak (records) and what the journal keeps (names and bytes).</summary>
internal static class GrainCodec
{
    public static NewEvent Encode(IEvent happened)
    {
        var wire = Wire.Of(happened);
        return new NewEvent(wire.Name, wire.Version, Wire.Write(happened));
    }

    /// <summary>
    /// Reads a stored event, of whatever shape it was stored in. An unknown one is never skipped.
    /// </summary>
    /// <exception cref="UnknownEventException">It is of a newer build.</exception>
    public static IEvent Decode(RecordedEvent recorded)
    {
        var wire = Wire.Find(recorded.Name, recorded.Shape) ?? throw new UnknownEventException(recorded);
        return (IEvent)Wire.Read(wire, recorded.Payload.Span);
    }

    /// <summary>False for an event of a newer build, of which a process may run beside this one.</summary>
    public static bool Knows(RecordedEvent recorded) => Wire.Find(recorded.Name, recorded.Shape) is not null;

    /// <summary>What tells a repeat of a command from another command under the same id.</summary>
    public static byte[] Hash(GrainKey key, ICommand command)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(key.ToString()));
        hash.AppendData(Encoding.UTF8.GetBytes(Wire.Of(command).Name));
        hash.AppendData(Wire.Write(command));
        return hash.GetHashAndReset();
    }

    /// <summary>Folds a grain's history; null when it has none.</summary>
    public static GrainState Fold(IGrainKind kind, GrainHistory history)
    {
        var state = history.Snapshot is { } snapshot
            ? new GrainState(snapshot.Version, ReadSnapshot(kind, snapshot))
            : GrainState.None;
        return history.Tail.Aggregate(state, (before, recorded) => Advance(kind, before, recorded));
    }

    public static GrainState Advance(IGrainKind kind, GrainState state, RecordedEvent recorded) =>
        Advance(kind, state, Decode(recorded)) with
        {
            Version = recorded.Version,
        };

    /// <summary>The state after one more event: of the pause, or of the kind's own.</summary>
    public static GrainState Advance(IGrainKind kind, GrainState state, IEvent happened) =>
        happened is IPauseEvent pause
            ? new(state.Version + 1, state.View, Pausing.Apply(state.Pause, pause))
            : new(state.Version + 1, kind.Apply(state.View, happened), state.Pause);

    /// <summary>A paused state has none: what its pause is stands in the events behind the snapshot before.</summary>
    public static Snapshot WriteSnapshot(GrainKey key, IGrainKind kind, GrainState state) =>
        new(
            key.ToString(),
            state.Version,
            kind.StateShape,
            JsonSerializer.SerializeToUtf8Bytes(state.View, Wire.Options.GetTypeInfo(kind.StateType))
        );

    private static IView ReadSnapshot(IGrainKind kind, Snapshot snapshot) =>
        (IView?)JsonSerializer.Deserialize(snapshot.State.Span, Wire.Options.GetTypeInfo(kind.StateType))
        ?? throw new InvalidOperationException($"The snapshot of {snapshot.Grain} is null.");
}

/// <summary>A grain's state at a version; View is null at version 0.</summary>
/// <param name="Pause">Null unless the grain is paused.</param>
internal readonly record struct GrainState(long Version, IView? View, GrainPause? Pause = null)
{
    public static GrainState None => default;
}
