using Microsoft.Extensions.Logging;

namespace EcosystemSilo.Silo.Membership;

/// <summary>Whether grains can be asked at all from this process.</summary>
internal interface IClusterLink
{
    /// <summary>
    /// Whether a silo is reached. While it is not, no grain may be asked, nor a reference to one be made: before its
    /// first silo a client knows nothing of grains.
    /// </summary>
    bool IsConnected { get; }
}

/// <summary>A process that runs a silo itself.</summary>
internal sealed class OwnSilo : IClusterLink
{
    public bool IsConnected => true;
}

/// <summary>The state of a client's link to its cluster, as Orleans tells it.</summary>
internal sealed class ClusterLink(ClusterOptions options, ILogger<ClusterLink> logger)
    : IClusterLink,
        IClusterConnectionStatusObserver,
        IClientConnectionRetryFilter
{
    private volatile bool isStarted;
    private volatile bool isLost;

    public bool IsConnected => isStarted && !isLost;

    /// <summary>The client knows its silos and their grains.</summary>
    public void HasStarted()
    {
        isStarted = true;
        MembershipLog.Connected(logger, options.Id);
    }

    public void NotifyClusterConnectionLost() => SetLost(isNowLost: true);

    public void NotifyGatewayCountChanged(
        int currentNumberOfGateways,
        int previousNumberOfGateways,
        bool connectionRecovered
    ) => SetLost(currentNumberOfGateways <= 0);

    /// <summary>A first silo may be long in coming, and the database, too: a client never stops asking.</summary>
    public async Task<bool> ShouldRetryConnectionAttempt(Exception exception, CancellationToken cancellationToken)
    {
        if (!isLost)
        {
            isLost = true;
            MembershipLog.Disconnected(logger, options.Id, exception.Message);
        }
        await Task.Delay(MembershipLimits.ConnectPause, TimeProvider.System, cancellationToken);
        return true;
    }

    private void SetLost(bool isNowLost)
    {
        if (isLost == isNowLost)
        {
            return;
        }
        isLost = isNowLost;
        if (isNowLost)
        {
            MembershipLog.Disconnected(logger, options.Id, reason: "");
        }
        else if (isStarted)
        {
            MembershipLog.Connected(logger, options.Id);
        }
    }
}
