using Microsoft.Extensions.Logging;

namespace EcosystemSilo.Silo.Membership;

/// <summary>What is logged of the cluster; numbers 2060 to 2069.</summary>
internal static partial class MembershipLog
{
    [LoggerMessage(
        2060,
        LogLevel.Critical,
        "This silo cannot go on and ends with exit code {ExitCode}; it may be started again at once. {Reason}"
    )]
    public static partial void SiloEnds(ILogger logger, int exitCode, string reason, Exception? fault);

    [LoggerMessage(2061, LogLevel.Information, "This process is connected to the silos of cluster {Cluster}.")]
    public static partial void Connected(ILogger logger, string cluster);

    [LoggerMessage(
        2062,
        LogLevel.Warning,
        "This process reaches no silo of cluster {Cluster} and asks again. {Reason}"
    )]
    public static partial void Disconnected(ILogger logger, string cluster, string reason);

    [LoggerMessage(
        2063,
        LogLevel.Warning,
        "A connection from {Address} did not prove to be of cluster {Cluster} and was turned away ({Count} since the last "
            + "such line). All processes of a cluster need the same Secrets__MasterKey, Cluster__Id and "
            + "Cluster__AllowPlain."
    )]
    public static partial void TurnedAway(ILogger logger, string address, string cluster, long count);

    [LoggerMessage(
        2064,
        LogLevel.Warning,
        "What answers at {Address} did not prove to be a silo of cluster {Cluster} and was left ({Count} since the last "
            + "such line). All processes of a cluster need the same Secrets__MasterKey, Cluster__Id and "
            + "Cluster__AllowPlain."
    )]
    public static partial void NoSiloOfOurs(ILogger logger, string address, string cluster, long count);
}
