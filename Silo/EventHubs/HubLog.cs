using Microsoft.Extensions.Logging;

namespace EcosystemSilo.Silo.EventHubs;

/// <summary>What is logged of the event hub; numbers 2200 to 2219.</summary>
internal static partial class HubLog
{
    [LoggerMessage(2200, LogLevel.Information, "The event hub {Hub} is read: {Partitions} partitions among the silos.")]
    public static partial void Started(ILogger logger, string hub, int partitions);

    [LoggerMessage(2201, LogLevel.Error, "The event hub {Hub} is not read and is asked again. {Reason}")]
    public static partial void NotReached(ILogger logger, string hub, string reason, Exception fault);

    [LoggerMessage(2202, LogLevel.Information, "The event hub {Hub} is read again.")]
    public static partial void ReachedAgain(ILogger logger, string hub);

    [LoggerMessage(2203, LogLevel.Information, "Partition {Partition} is read here, from {Place}.")]
    public static partial void PartitionTaken(ILogger logger, string partition, string place);

    [LoggerMessage(
        2204,
        LogLevel.Warning,
        "Messages of partition {Partition} are not in the journal yet and are given to it again."
    )]
    public static partial void JournalAway(ILogger logger, string partition, Exception fault);

    [LoggerMessage(
        2205,
        LogLevel.Error,
        "Message {Place} failed {Attempts} times for a reason nobody foresaw and becomes a dead letter."
    )]
    public static partial void MessageFailed(ILogger logger, string place, int attempts, Exception bug);

    [LoggerMessage(2206, LogLevel.Warning, "Message {Place} is a dead letter: {Code}.")]
    public static partial void MessageBuried(ILogger logger, string place, string code);

    [LoggerMessage(2207, LogLevel.Warning, "The place in partition {Partition} could not be saved; it will be again.")]
    public static partial void PlaceNotSaved(ILogger logger, string partition, Exception fault);
}
