namespace EcosystemSilo.Grains.Interfaces.Operations;

/// <summary>From which severity on something is logged.</summary>
public enum LogSeverity
{
    Trace,
    Debug,
    Information,
    Warning,
    Error,
    Critical,
}

/// <summary>What is logged otherwise than the settings say.</summary>
/// <param name="Category">The beginning of a logger's name, such as <c>Orleans.Runtime</c>; <c>Default</c> for
/// all.</param>
/// <param name="By">Who wanted it.</param>
public sealed record RaisedLogLevel(string Category, LogSeverity Level, DateTimeOffset EndsAt, string By);

/// <summary>A wish for another log level.</summary>
/// <param name="Lasting">Zero ends what is there.</param>
/// <param name="Silo">The address of the only silo that is meant; null for all and the process that is
/// asked.</param>
public sealed record LogLevelChange(
    string Category,
    LogSeverity Level,
    TimeSpan Lasting,
    string By,
    string Correlation,
    string? Silo = null
)
{
    /// <summary>Tells a wish that comes through several silos from another one; new for each.</summary>
    public string Wish { get; init; } = "";
}

/// <summary>What became of it in one process.</summary>
/// <param name="Process">Its name, or a silo's address where the silo did not answer.</param>
public sealed record LogLevelOutcome(string Process, ChangeOutcome Outcome);

/// <summary>What became of a change in a process.</summary>
public enum ChangeOutcome
{
    Done,

    /// <summary>As many categories as there may be have a level of their own already.</summary>
    Full,

    /// <summary>It may be done or not.</summary>
    NoAnswer,
}
