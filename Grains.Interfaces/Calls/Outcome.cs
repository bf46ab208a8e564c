namespace EcosystemSilo.Grains.Interfaces.Calls;

/// <summary>
/// How a call to a grain ended. No exception crosses from one process to another: what went wrong is told by one of
/// these.
/// </summary>
public abstract record Outcome;

/// <summary>Nothing is known to have happened: the journal did not answer, or not in time.</summary>
[Wire("call.unavailable")]
public sealed record Unavailable(string Reason) : Outcome;

/// <summary>Nothing was tried, because a queue was full.</summary>
[Wire("call.overloaded")]
public sealed record Overloaded(string Reason) : Outcome;

/// <summary>
/// Nothing was done, because what was in memory was behind the journal; asked again, it will be decided anew.
/// </summary>
/// <param name="Conflicted">Its own commit met a newer version, rather than that of a command before it.</param>
[Wire("call.run-again")]
public sealed record RunAgain(bool Conflicted) : Outcome;

/// <summary>A bug. Where it happened it was logged with its cause.</summary>
[Wire("call.failed")]
public sealed record Failed(string Message) : Outcome;
