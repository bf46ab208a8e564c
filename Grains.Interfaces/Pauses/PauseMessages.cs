namespace EcosystemSilo.Grains.Interfaces.Pauses;

/// <summary>
/// Keeps a grain of whatever kind from acting until it is resumed. It can still be read; whoever asks it is refused,
/// and what is due to it waits. Said again, it changes nothing: the first pause counts.
/// </summary>
[Wire("grain.pause")]
public sealed record PauseGrain(string Reason) : ICommand;

/// <summary>Ends a pause; what waited for it follows.</summary>
[Wire("grain.resume")]
public sealed record ResumeGrain : ICommand;

/// <summary>Happens to grains of every kind, and changes the state of none.</summary>
public interface IPauseEvent : IEvent;

/// <param name="By">Who asked for it.</param>
[Wire("grain.paused")]
public sealed record GrainPaused(string Reason, string By, DateTimeOffset At) : IPauseEvent;

[Wire("grain.resumed")]
public sealed record GrainResumed(string By, DateTimeOffset At) : IPauseEvent;

/// <summary>
/// A command that a paused grain handles all the same: because the law or somebody's safety comes first, or because it
/// only records what has happened outside already.
/// </summary>
public interface IDespitePause
{
    /// <summary>Whether it does so with what it says.</summary>
    bool IsDespitePause => true;
}

/// <summary>Why a grain does not act, who decided so, and since when.</summary>
public sealed record GrainPause(string Reason, string By, DateTimeOffset At);
