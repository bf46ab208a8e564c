using EcosystemSilo.Grains.Interfaces.Operations;
using Microsoft.Extensions.Logging;

namespace EcosystemSilo.Silo.Operations;

/// <summary>What operators did, and who; numbers 2220 to 2239.</summary>
internal static partial class OperationsLog
{
    [LoggerMessage(
        2220,
        LogLevel.Warning,
        "The log level of {Category} is {Level} until {Until}, as {Actor} wants ({Correlation})."
    )]
    public static partial void LevelChanged(
        ILogger logger,
        string category,
        LogSeverity level,
        DateTimeOffset until,
        string actor,
        string correlation
    );

    [LoggerMessage(2221, LogLevel.Warning, "The log level of {Category} is again that of the settings, by {Actor}.")]
    public static partial void LevelEnded(ILogger logger, string category, string actor);

    [LoggerMessage(
        2222,
        LogLevel.Warning,
        "{Grain} is put out of memory, as {Actor} wants ({Correlation}): {Reason}. It was {Place}."
    )]
    public static partial void Deactivated(
        ILogger logger,
        string grain,
        string actor,
        string correlation,
        string reason,
        GrainPlace place
    );
}
