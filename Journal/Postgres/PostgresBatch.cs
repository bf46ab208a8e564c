using System.Runtime.InteropServices;
using Npgsql;
using NpgsqlTypes;

namespace EcosystemSilo.Journal.Postgres;

/// <summary>
/// A batch as the arrays that the function append_batch takes. The lists are reused: only one batch is under way.
/// </summary>
internal sealed class PostgresBatch
{
    public const string Call =
        "SELECT first_position, single_appends, outcomes, found_grains, found_versions, found_positions, found_ats FROM "
        + "append_batch($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, "
        + "$22, $23, $24, $25, $26)";

    private readonly List<string> grains = [];
    private readonly List<long> expected = [];
    private readonly List<int> counts = [];
    private readonly List<string> scopes = [];
    private readonly List<string> ids = [];
    private readonly List<byte[]> hashes = [];
    private readonly List<long> ats = [];
    private readonly List<int> chains = [];
    private readonly List<int> eventEnds = [];
    private readonly List<int> deadlineEnds = [];
    private readonly List<string> firstGrains = [];
    private readonly List<long> firstVersions = [];
    private readonly List<string> suspects = [];
    private readonly List<string> eventGrains = [];
    private readonly List<long> eventVersions = [];
    private readonly List<string> eventNames = [];
    private readonly List<int> eventShapes = [];
    private readonly List<byte[]> eventPayloads = [];
    private readonly List<long> eventAts = [];
    private readonly List<string> eventCorrelations = [];
    private readonly List<string> eventActors = [];
    private readonly List<string> eventCommands = [];
    private readonly List<string> deadlineGrains = [];
    private readonly List<string> deadlineNames = [];
    private readonly List<long?> deadlineDues = [];
    private readonly List<long?> deadlineWases = [];
    private readonly Dictionary<string, long> nextVersions = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Scope, string Id), string> commands = [];
    private readonly Dictionary<AppendChain, int> chainNumbers = [];
    private readonly List<Action> clears = [];

    /// <summary>The parameters of <see cref="Call"/>; they read the lists whenever it is executed.</summary>
    public void AddParametersTo(NpgsqlCommand command)
    {
        clears.Clear();
        Add(command, grains, NpgsqlDbType.Text);
        Add(command, expected, NpgsqlDbType.Bigint);
        Add(command, counts, NpgsqlDbType.Integer);
        Add(command, scopes, NpgsqlDbType.Text);
        Add(command, ids, NpgsqlDbType.Text);
        Add(command, hashes, NpgsqlDbType.Bytea);
        Add(command, ats, NpgsqlDbType.Bigint);
        Add(command, chains, NpgsqlDbType.Integer);
        Add(command, eventEnds, NpgsqlDbType.Integer);
        Add(command, deadlineEnds, NpgsqlDbType.Integer);
        Add(command, firstGrains, NpgsqlDbType.Text);
        Add(command, firstVersions, NpgsqlDbType.Bigint);
        Add(command, suspects, NpgsqlDbType.Text);
        Add(command, eventGrains, NpgsqlDbType.Text);
        Add(command, eventVersions, NpgsqlDbType.Bigint);
        Add(command, eventNames, NpgsqlDbType.Text);
        Add(command, eventShapes, NpgsqlDbType.Integer);
        Add(command, eventPayloads, NpgsqlDbType.Bytea);
        Add(command, eventAts, NpgsqlDbType.Bigint);
        Add(command, eventCorrelations, NpgsqlDbType.Text);
        Add(command, eventActors, NpgsqlDbType.Text);
        Add(command, eventCommands, NpgsqlDbType.Text);
        Add(command, deadlineGrains, NpgsqlDbType.Text);
        Add(command, deadlineNames, NpgsqlDbType.Text);
        Add(command, deadlineDues, NpgsqlDbType.Bigint);
        Add(command, deadlineWases, NpgsqlDbType.Bigint);
    }

    public void Fill(IReadOnlyList<Append> batch)
    {
        clears.ForEach(clear => clear());
        nextVersions.Clear();
        commands.Clear();
        chainNumbers.Clear();
        for (var i = 0; i < batch.Count; i++)
        {
            Add(batch[i]);
        }
    }

    private void Add(Append append)
    {
        Suspect(append);
        var at = StoredTime.From(append.At);
        grains.Add(append.Grain);
        expected.Add(append.ExpectedVersion);
        counts.Add(append.Events.Count);
        scopes.Add(append.Command.Scope);
        ids.Add(append.Command.Id);
        hashes.Add(Bytes(append.Command.Hash));
        ats.Add(at);
        chains.Add(append.Chain is null ? 0 : NumberOf(append.Chain));
        for (var i = 0; i < append.Events.Count; i++)
        {
            var happened = append.Events[i];
            eventGrains.Add(append.Grain);
            eventVersions.Add(append.ExpectedVersion + i + 1);
            eventNames.Add(happened.Name);
            eventShapes.Add(happened.Shape);
            eventPayloads.Add(Bytes(happened.Payload));
            eventAts.Add(at);
            eventCorrelations.Add(append.Correlation);
            eventActors.Add(append.Actor);
            eventCommands.Add(append.Command.Id);
        }
        if (append.ParksDeadlines is { } parks)
        {
            // No deadline is without a name: this one stands for all of the grain.
            deadlineGrains.Add(append.Grain);
            deadlineNames.Add("");
            deadlineDues.Add(parks ? at : null);
            deadlineWases.Add(null);
        }
        for (var i = 0; i < append.Deadlines.Count; i++)
        {
            var change = append.Deadlines[i];
            deadlineGrains.Add(append.Grain);
            deadlineNames.Add(change.Name);
            deadlineDues.Add(change.Due is { } due ? StoredTime.From(due) : null);
            deadlineWases.Add(change.Was is { } was ? StoredTime.From(was) : null);
        }
        eventEnds.Add(eventGrains.Count);
        deadlineEnds.Add(deadlineGrains.Count);
    }

    /// <summary>
    /// Finds what must be decided one by one because of the batch itself: a gap in a grain, an id used twice.
    /// </summary>
    private void Suspect(Append append)
    {
        ref var next = ref CollectionsMarshal.GetValueRefOrAddDefault(nextVersions, append.Grain, out var follows);
        if (!follows)
        {
            firstGrains.Add(append.Grain);
            firstVersions.Add(append.ExpectedVersion);
        }
        else if (next != append.ExpectedVersion)
        {
            suspects.Add(append.Grain);
        }
        next = append.ExpectedVersion + append.Events.Count;
        if (!commands.TryAdd((append.Command.Scope, append.Command.Id), append.Grain))
        {
            suspects.Add(append.Grain);
            suspects.Add(commands[(append.Command.Scope, append.Command.Id)]);
        }
    }

    private int NumberOf(AppendChain chain)
    {
        ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(chainNumbers, chain, out var isKnown);
        return isKnown ? number : number = chainNumbers.Count;
    }

    private static byte[] Bytes(ReadOnlyMemory<byte> memory) =>
        MemoryMarshal.TryGetArray(memory, out var segment)
        && segment is { Array: not null, Offset: 0 }
        && segment.Count == segment.Array.Length
            ? segment.Array
            : memory.ToArray();

    private void Add<T>(NpgsqlCommand command, List<T> list, NpgsqlDbType element)
    {
        command.Parameters.Add(
            new NpgsqlParameter<List<T>> { TypedValue = list, NpgsqlDbType = NpgsqlDbType.Array | element }
        );
        clears.Add(list.Clear);
    }
}
