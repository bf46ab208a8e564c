using System.Text.Json;
using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Grains.Reactions;
using EcosystemSilo.Journal;
using EcosystemSilo.Silo.Projections;
using EcosystemSilo.Silo.Reactions;

namespace EcosystemSilo.Silo.Outbound;

/// <summary>A command that waits, as it is saved. None of them describes a person.</summary>
internal sealed record ParkedNote(
    long Position,
    string Actor,
    string Correlation,
    string Id,
    string Name,
    int Version,
    JsonElement Body
);

/// <summary>All that waits for one grain, in order.</summary>
/// <param name="WaitsFor">The grain that has to be resumed first; null for one that could not be reached.</param>
internal sealed record ParkedRow(string Target, string? WaitsFor, IReadOnlyList<ParkedNote> Notes);

/// <summary>
/// What the reader has to tell endpoints and notifications that are paused or out of reach. Other than reactions it
/// cannot be read off the journal again, because it follows from what was known of the endpoint at the time; so the
/// commands themselves are saved, with the checkpoint.
/// </summary>
internal sealed class ParkedNotes(TimeProvider clock)
{
    /// <summary>The kind in the keys of the rows, which no grain has.</summary>
    private const string RowKind = "parked";

    private readonly Dictionary<GrainKey, Waiting> _waiting = [];
    private readonly HashSet<GrainKey> _changed = [];

    /// <summary>Whether it is one of the rows that are kept here.</summary>
    public static bool Owns(ReaderRow row) => GrainKey.Parse(row.Key).Kind == RowKind;

    public void Load(IEnumerable<ReaderRow> rows)
    {
        _waiting.Clear();
        _changed.Clear();
        foreach (var row in rows.Where(Owns).Select(row => RowJson.Read<ParkedRow>(row.Value!.Value)))
        {
            var target = GrainKey.Parse(row.Target);
            _waiting[target] = new Waiting
            {
                For = row.WaitsFor,
                Left = [.. row.Notes.Select(note => Read(target, note))],
            };
        }
    }

    public bool Holds(GrainKey target) => _waiting.ContainsKey(target);

    /// <summary>Has a command wait behind those that wait for its target. False when too many do.</summary>
    public bool Add(Sending sending)
    {
        var target = sending.FollowUp.Target;
        var left = _waiting[target].Left;
        if (left.Count >= OutboundLimits.NotesParkedMax)
        {
            return false;
        }

        left.Add(sending);
        _changed.Add(target);
        return true;
    }

    /// <summary>What is left of a lane waits, and is tried again later and later.</summary>
    public void Park(StuckLane stuck)
    {
        var target = stuck.Left[0].FollowUp.Target;
        var failures = _waiting.TryGetValue(target, out var before) ? before.Failures + 1 : 0;
        _waiting[target] = new Waiting
        {
            For = stuck.WaitsFor?.ToString(),
            Left = [.. stuck.Left],
            Failures = failures,
            TryAt = clock.GetUtcNow() + Limits.ParkedPause(failures),
        };
        _changed.Add(target);
    }

    public void Resume(string grain)
    {
        foreach (var (target, waiting) in _waiting.Where(pair => pair.Value.For == grain))
        {
            (waiting.For, waiting.TryAt) = (null, default);
            _changed.Add(target);
        }
    }

    /// <summary>What is to be sent now.</summary>
    public IReadOnlyList<Sending> Due() =>
        _waiting.Count == 0
            ? []
            :
            [
                .. _waiting
                    .Values.Where(one => one.For is null && one.TryAt <= clock.GetUtcNow())
                    .SelectMany(one => one.Left),
            ];

    public void Remove(GrainKey target)
    {
        _waiting.Remove(target);
        _changed.Add(target);
    }

    /// <summary>When something is to be sent next; null when nothing is, however long one waits.</summary>
    public DateTimeOffset? NextAt() =>
        _waiting.Values.Where(one => one.For is null).Select(one => (DateTimeOffset?)one.TryAt).Min();

    public IEnumerable<ReaderRow> ChangedRows() =>
        _changed.Select(target => new ReaderRow(
            $"{target.Ecosystem}/{RowKind}/{target.Kind}:{target.Id}",
            RowJson.WriteIfAny(
                _waiting.TryGetValue(target, out var waiting)
                    ? new ParkedRow($"{target}", waiting.For, [.. waiting.Left.Select(Write)])
                    : null
            )
        ));

    public void NoteSaved() => _changed.Clear();

    private static ParkedNote Write(Sending sending)
    {
        var (command, cause) = (sending.FollowUp.Command, sending.Cause);
        var wire = Wire.Of(command);
        var body = JsonSerializer.SerializeToElement(command, wire.Json);
        return new ParkedNote(
            cause.Position,
            cause.Actor,
            cause.Correlation,
            sending.Id,
            wire.Name,
            wire.Version,
            body
        );
    }

    private static Sending Read(GrainKey target, ParkedNote note)
    {
        var wire =
            Wire.Find(note.Name, note.Version)
            ?? throw new InvalidOperationException(
                $"A {note.Name} v{note.Version} waits that this build does not know."
            );
        return new Sending(
            new FollowUp(target, (ICommand)note.Body.Deserialize(wire.Json)!),
            new Cause(note.Position, note.Actor, note.Correlation),
            note.Id
        );
    }

    private sealed class Waiting
    {
        public string? For { get; set; }

        public required List<Sending> Left { get; init; }

        public int Failures { get; init; }

        public DateTimeOffset TryAt { get; set; }
    }
}
