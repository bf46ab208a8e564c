namespace EcosystemSilo.Journal;

/// <summary>Whom a process suffers beside it.</summary>
public enum HoldKind
{
    /// <summary>Others that hold the journal the same way.</summary>
    Shared,

    /// <summary>Nobody else who holds it.</summary>
    Alone,
}

/// <summary>What a process has as long as it holds the journal; disposing of it lets others.</summary>
public interface IJournalHold : IAsyncDisposable
{
    /// <summary>
    /// Completes when another process has the journal although this one has not let go: the store had lost it, for
    /// example because its server was restarted, and the other one was first. Never fails.
    /// </summary>
    Task Lost { get; }
}

/// <summary>Another process holds the journal in a way that suffers no other.</summary>
public sealed class JournalHeldException(HoldKind wanted)
    : Exception(
        wanted == HoldKind.Alone
            ? "Another process uses this journal, which this one wants for itself alone."
            : "Another process uses this journal for itself alone."
    );

/// <summary>How holds are waited for.</summary>
internal static class Holds
{
    /// <summary>
    /// Tries as long as somebody may just be going: a process that was replaced, or one that was killed.
    /// </summary>
    /// <param name="tryTake">Null when others hold the journal.</param>
    public static async Task<T> Take<T>(
        HoldKind kind,
        Func<Task<T?>> tryTake,
        TimeProvider time,
        CancellationToken cancellation
    )
        where T : class
    {
        var since = time.GetTimestamp();
        while (true)
        {
            if (await tryTake() is { } taken)
            {
                return taken;
            }
            if (time.GetElapsedTime(since) >= JournalLimits.HoldPatience)
            {
                throw new JournalHeldException(kind);
            }
            await Task.Delay(JournalLimits.HoldTryInterval, time, cancellation);
        }
    }
}
