using EcosystemSilo.Grains.Interfaces.WearableStreams;
using EcosystemSilo.Silo.Membership;
using Microsoft.Extensions.Logging;

namespace EcosystemSilo.Silo;

/// <summary>What the silo logs; numbers 2000 to 2999.</summary>
internal static partial class Log
{
    [LoggerMessage(2001, LogLevel.Warning, "The snapshot of {Grain} at version {Version} was not saved.")]
    public static partial void SnapshotFailed(ILogger logger, string grain, long version, Exception fault);

    [LoggerMessage(2006, LogLevel.Error, "A call to {Grain} failed.")]
    public static partial void CallFailed(ILogger logger, string grain, Exception bug);

    [LoggerMessage(2007, LogLevel.Warning, "A call to {Grain} did not come through and is repeated.")]
    public static partial void CallRepeated(ILogger logger, string grain, Exception fault);

    [LoggerMessage(2002, LogLevel.Information, "The journal is open at position {Position}.")]
    public static partial void JournalOpened(ILogger logger, long position);

    [LoggerMessage(
        2008,
        LogLevel.Critical,
        "Another process has the journal, which Cluster__Role={Role} cannot share with it; this process ends with exit "
            + "code {ExitCode}."
    )]
    public static partial void HoldLost(ILogger logger, int exitCode, ClusterRole role);

    [LoggerMessage(2003, LogLevel.Information, "Blueprint of {Ecosystem} is in force as version {Version} ({File}).")]
    public static partial void BlueprintInForce(ILogger logger, string ecosystem, long version, string file);

    [LoggerMessage(
        2009,
        LogLevel.Warning,
        "The blueprint of {Ecosystem} is paused: {File} was not published, and what was in force still is."
    )]
    public static partial void BlueprintPaused(ILogger logger, string ecosystem, string file);

    [LoggerMessage(2004, LogLevel.Information, "This process {Change} the lease of {Name}.")]
    public static partial void LeaseChanged(ILogger logger, string change, string name);

    [LoggerMessage(2005, LogLevel.Warning, "The journal does not answer about leases; those held end by themselves.")]
    public static partial void LeasesUnknown(ILogger logger, Exception fault);

    [LoggerMessage(
        2010,
        LogLevel.Warning,
        "{Reader} waits at position {Position}: the journal or a grain is unavailable."
    )]
    public static partial void ReaderWaits(ILogger logger, string reader, long position, Exception fault);

    [LoggerMessage(
        2011,
        LogLevel.Error,
        "A follow-up of position {Position} to {Grain} failed for good and was passed over."
    )]
    public static partial void FollowUpFailed(ILogger logger, long position, string grain, Exception fault);

    [LoggerMessage(2012, LogLevel.Warning, "A follow-up of position {Position} to {Grain} was refused: {Code}.")]
    public static partial void FollowUpRefused(ILogger logger, long position, string grain, string code);

    [LoggerMessage(2013, LogLevel.Warning, "What follows for {Grain} waits from position {Position} on: {Why}.")]
    public static partial void LaneParked(ILogger logger, string grain, long position, string why);

    [LoggerMessage(2014, LogLevel.Information, "What waited for {Grain} was sent, up to position {Position}.")]
    public static partial void LaneReleased(ILogger logger, string grain, long position);

    [LoggerMessage(2020, LogLevel.Error, "The deadline {Name} of {Grain} failed and will be tried again.")]
    public static partial void DeadlineFailed(ILogger logger, string name, string grain, Exception fault);

    [LoggerMessage(2040, LogLevel.Error, "Sending {Notification} failed; it is tried again in a minute.")]
    public static partial void NotificationFailed(ILogger logger, string notification, Exception fault);

    [LoggerMessage(2041, LogLevel.Warning, "The courier of {Endpoint} waits: a grain is unavailable.")]
    public static partial void CourierWaits(ILogger logger, string endpoint, Exception fault);

    [LoggerMessage(2042, LogLevel.Warning, "{Endpoint} is disabled: {Reason}.")]
    public static partial void EndpointDisabled(ILogger logger, string endpoint, string reason);

    [LoggerMessage(2043, LogLevel.Warning, "{Endpoint} is behind from position {Position} and takes what it missed.")]
    public static partial void EndpointBehind(ILogger logger, string endpoint, long position);

    [LoggerMessage(
        2044,
        LogLevel.Warning,
        "{Endpoint} has {Waiting} notes waiting and is not told of another; the next attempt says as much."
    )]
    public static partial void NotesFull(ILogger logger, string endpoint, int waiting);

    [LoggerMessage(
        2030,
        LogLevel.Information,
        "The demo of {Ecosystem} has {Partners} partners and {Deals} deals: {Steps} commands in {Seconds:0.0} s."
    )]
    public static partial void DemoSeeded(
        ILogger logger,
        string ecosystem,
        int partners,
        int deals,
        int steps,
        double seconds
    );

    [LoggerMessage(2050, LogLevel.Error, "Fetch {Number} of {Stream} failed and will be tried again.")]
    public static partial void FetchFailed(ILogger logger, string stream, long number, Exception fault);

    [LoggerMessage(2051, LogLevel.Warning, "Fetch {Number} of {Stream} must wait: {Waiting} wait already.")]
    public static partial void FetchesFull(ILogger logger, string stream, long number, int waiting);

    [LoggerMessage(2052, LogLevel.Warning, "Fetch {Number} of {Stream} ended with {Outcome}: {Reason}.")]
    public static partial void FetchEnded(
        ILogger logger,
        string stream,
        long number,
        FetchOutcome outcome,
        string? reason
    );
}
