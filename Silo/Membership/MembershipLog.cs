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

    [LoggerMessage(2062, LogLevel.Warning, "This process reaches no silo of cluster {Cluster} and asks again.")]
    public static partial void Disconnected(ILogger logger, string cluster, Exception? fault);
}
