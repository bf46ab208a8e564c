namespace EcosystemSilo.Journal;

/// <summary>
/// What every store relies on for appends and for the writes beside them. A violation is a bug of the caller and is
/// thrown before it joins a batch, because a store that refuses it later would refuse its neighbours too.
/// </summary>
internal static class AppendRules
{
    private const int HashBytes = 32;

    public static void Check(Append append)
    {
        CheckText(append.Grain, nameof(append.Grain), mayBeEmpty: false);
        CheckText(append.Command.Scope, nameof(append.Command.Scope), mayBeEmpty: true);
        CheckText(append.Command.Id, nameof(append.Command.Id), mayBeEmpty: false);
        CheckText(append.Correlation, nameof(append.Correlation), mayBeEmpty: true);
        CheckText(append.Actor, nameof(append.Actor), mayBeEmpty: true);
        Require(append.Command.Hash.Length == HashBytes, "the command's hash must have 32 bytes");
        Require(append.ExpectedVersion >= 0, "the expected version is negative");
        Require(append.Events.Count <= JournalLimits.EventsPerAppendMax, "too many events in one append");
        for (var i = 0; i < append.Events.Count; i++)
        {
            CheckText(append.Events[i].Name, "Event.Name", mayBeEmpty: false);
        }
        for (var i = 0; i < append.Deadlines.Count; i++)
        {
            CheckText(append.Deadlines[i].Name, "Deadline.Name", mayBeEmpty: false);
            Require(append.Deadlines[i] is { Due: null } or { Was: null }, "a deadline is set and cancelled at once");
        }
    }

    public static void CheckLoad(IReadOnlyList<string> grains) =>
        ArgumentOutOfRangeException.ThrowIfGreaterThan(grains.Count, JournalLimits.GrainsPerLoadMax, nameof(grains));

    public static void Check(Snapshot snapshot) => CheckText(snapshot.Grain, nameof(snapshot.Grain), mayBeEmpty: false);

    public static void Check(ReaderProgress progress)
    {
        CheckText(progress.Reader, nameof(progress.Reader), mayBeEmpty: false);
        foreach (var row in progress.Rows)
        {
            CheckText(row.Key, nameof(row.Key), mayBeEmpty: true);
        }
    }

    public static void CheckLeases(string holder, IReadOnlyList<string> names)
    {
        CheckText(holder, nameof(holder), mayBeEmpty: false);
        for (var i = 0; i < names.Count; i++)
        {
            CheckText(names[i], "the lease's name", mayBeEmpty: false);
        }
    }

    public static void CheckSubject(string subject) => CheckText(subject, nameof(subject), mayBeEmpty: false);

    public static void CheckFact(string name, ReadOnlyMemory<byte> value)
    {
        CheckText(name, nameof(name), mayBeEmpty: false);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value.Length, JournalLimits.FactBytesMax, nameof(value));
    }

    /// <summary>PostgreSQL stores neither NUL nor half a surrogate pair, and its index rows are bounded.</summary>
    public static void CheckText(string text, string name, bool mayBeEmpty)
    {
        if (text.Length == 0 && !mayBeEmpty)
        {
            throw Violation($"{name} is empty");
        }
        if (text.Length > JournalLimits.TextCharactersMax)
        {
            throw Violation($"{name} is longer than {JournalLimits.TextCharactersMax} characters");
        }
        if (text.Contains('\0'))
        {
            throw Violation($"{name} contains NUL");
        }
        if (HasLoneSurrogate(text))
        {
            throw Violation($"{name} has half a surrogate pair");
        }
    }

    private static bool HasLoneSurrogate(string text)
    {
        var i = text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF');
        for (; i >= 0 && i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
            {
                continue;
            }
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
            {
                return true;
            }
            i++;
        }
        return false;
    }

    /// <summary>What the append adds to a transaction, in bytes, for the bound on one commit.</summary>
    public static int Bytes(Append append)
    {
        var bytes = JournalLimits.BytesPerAppendOverhead;
        for (var i = 0; i < append.Events.Count; i++)
        {
            bytes += append.Events[i].Payload.Length;
        }
        return bytes;
    }

    private static void Require(bool holds, string rule)
    {
        if (!holds)
        {
            throw Violation(rule);
        }
    }

    private static ArgumentException Violation(string rule, string parameter = "append") =>
        new($"This cannot be stored: {rule}.", parameter);
}
