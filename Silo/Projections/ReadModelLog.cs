using Microsoft.Extensions.Logging;

namespace EcosystemSilo.Silo.Projections;

/// <summary>Log messages of this folder: 2100 to 2199.</summary>
internal static partial class ReadModelLog
{
    [LoggerMessage(
        2100,
        LogLevel.Information,
        "Loaded {Rows} rows at position {Saved} of {End} in {Milliseconds:F0} ms"
    )]
    public static partial void RowsLoaded(this ILogger log, int rows, long saved, long end, double milliseconds);

    [LoggerMessage(2101, LogLevel.Information, "Lists and boards have caught up at position {Position}")]
    public static partial void CaughtUp(this ILogger log, long position);

    [LoggerMessage(2102, LogLevel.Warning, "The journal does not answer at position {Position}; trying again")]
    public static partial void JournalAway(this ILogger log, long position, Exception fault);

    [LoggerMessage(2103, LogLevel.Warning, "Rows at position {Position} could not be saved; they will be again")]
    public static partial void SaveFailed(this ILogger log, long position, Exception fault);

    [LoggerMessage(2104, LogLevel.Error, "Lists and boards stopped after position {Position}")]
    public static partial void ReaderFailed(this ILogger log, long position, Exception fault);
}
