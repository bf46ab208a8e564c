using EcosystemSilo.Silo.Calls;

namespace EcosystemSilo.Tests.Engines;

/// <summary>Counts the calls of one command that reach a silo, and loses the first reply if it is told to.</summary>
internal sealed class WatchedCalls : IIncomingGrainCallFilter
{
    private TaskCompletionSource _found = new();
    private string? _id;
    private bool _loses;
    private int _count;

    /// <summary>How often the command came to its grain.</summary>
    public int Count => Volatile.Read(ref _count);

    public void Watch(string id, bool losesFirstReply = false)
    {
        _found = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _loses = losesFirstReply;
        Volatile.Write(ref _count, 0);
        Volatile.Write(ref _id, id);
    }

    /// <summary>Lets what was lost arrive after all, when nobody waits for it any more.</summary>
    public void Find() => _found.TrySetResult();

    public async Task Invoke(IIncomingGrainCallContext context)
    {
        var isFirst = IsWatched(context) && Interlocked.Increment(ref _count) == 1;
        await context.Invoke();
        if (isFirst && _loses)
        {
            await _found.Task;
        }
    }

    private bool IsWatched(IIncomingGrainCallContext context) =>
        Volatile.Read(ref _id) is { } id
        && context.Request.GetArgumentCount() > 0
        && context.Request.GetArgument(0) is Envelope { Ask: { } ask }
        && ask.Id == id;
}
