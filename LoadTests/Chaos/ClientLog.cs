using System.Collections.Concurrent;
using System.Text.Json;

namespace EcosystemSilo.LoadTests.Chaos;

/// <summary>What the clients know about an operation.</summary>
internal enum Fate
{
    /// <summary>Nobody has sent it, or nobody listened.</summary>
    Unsent,

    /// <summary>It was sent, and no answer or a 5xx came: it may have taken effect or not.</summary>
    Unknown,

    /// <summary>The gateway answered 2xx.</summary>
    Acknowledged,

    /// <summary>The gateway answered that it does not take it, or not as it should have.</summary>
    Failed,
}

/// <summary>An acknowledgement, as the client got it.</summary>
/// <param name="Outcome">A webhook's outcome; null for a command.</param>
/// <param name="Version">A command's version; null for a webhook, which is not told.</param>
internal sealed record Answer(Operation Operation, string? Outcome, long? Version);

/// <summary>
/// The clients' side of the truth, in lines of invoke, ok, fail and unknown with operation, grain, version and
/// monotonic time. An invoke is written out before it is sent. The audit believes this and the journal, nothing else.
/// </summary>
/// <param name="file">Null keeps it in memory only.</param>
internal sealed class ClientLog(string? file) : IDisposable
{
    private readonly StreamWriter _lines = file is null
        ? StreamWriter.Null
        : new StreamWriter(file) { AutoFlush = true };
    private readonly ConcurrentDictionary<string, Fate> _fates = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _everUnknown = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<Answer> _answers = new();
    private readonly ConcurrentQueue<string> _complaints = new();
    private readonly ConcurrentDictionary<string, string> _lastHeard = new(StringComparer.Ordinal);
    private int _acknowledged;
    private int _committedUnknown;
    private int _unavailable;
    private int _broken;

    public IEnumerable<Answer> Answers => _answers;

    /// <summary>Answers that no operation of ours may get.</summary>
    public IEnumerable<string> Complaints => _complaints;

    public int Acknowledged => _acknowledged;

    /// <summary>Operations whose outcome was not known at some time.</summary>
    public int EverUnknown => _everUnknown.Count;

    /// <summary>Operations that took effect although nobody got the answer, by what the repeat was told.</summary>
    public int CommittedUnknown => _committedUnknown;

    /// <summary>Answers 503.</summary>
    public int Unavailable => _unavailable;

    /// <summary>Answers 5xx that are not 503: what nobody foresaw.</summary>
    public int Broken => _broken;

    public Fate FateOf(Operation operation) => _fates.GetValueOrDefault(operation.Id, Fate.Unsent);

    public void Invoke(Operation operation)
    {
        Write("invoke", operation, null);
        _fates[operation.Id] = Fate.Unknown;
    }

    public void Ok(Answer answer, bool wasUnknown)
    {
        Write("ok", answer.Operation, answer.Version);
        _answers.Enqueue(answer);
        if (answer.Outcome == "repeated" && wasUnknown)
        {
            Interlocked.Increment(ref _committedUnknown);
        }

        _fates[answer.Operation.Id] = Fate.Acknowledged;
        Interlocked.Increment(ref _acknowledged);
    }

    /// <summary>What was heard of an operation last that was not acknowledged.</summary>
    public string LastHeardOf(Operation operation) => _lastHeard.GetValueOrDefault(operation.Id, "nothing");

    /// <summary>An answer from which it cannot be told whether the operation had its effect.</summary>
    public void Unanswered(Operation operation, int status, string heard)
    {
        Unknown(operation, heard);
        Interlocked.Increment(ref (status == 503 ? ref _unavailable : ref _broken));
    }

    public void Unknown(Operation operation, string heard)
    {
        Write("unknown", operation, null);
        _lastHeard[operation.Id] = heard;
        _everUnknown[operation.Id] = true;
    }

    /// <summary>Nobody listened, so this try was none; what an earlier one came to stays as it was.</summary>
    public void NotSent(Operation operation, Fate before)
    {
        Write("fail", operation, null);
        _fates[operation.Id] = before;
    }

    public void Fail(Operation operation, string answer)
    {
        Write("fail", operation, null);
        _fates[operation.Id] = Fate.Failed;
        _complaints.Enqueue($"{operation.Id} was answered {answer}");
    }

    public void Dispose() => _lines.Dispose();

    private void Write(string what, Operation operation, long? version)
    {
        if (file is null)
        {
            return;
        }

        var line = JsonSerializer.Serialize(
            new
            {
                at = TimeProvider.System.GetTimestamp(),
                what,
                operation = operation.Id,
                grain = operation.Grain,
                version,
            }
        );
        lock (_lines)
        {
            _lines.WriteLine(line);
        }
    }
}
