using Microsoft.AspNetCore.SignalR;

namespace EcosystemSilo.Gateway.Board;

/// <summary>
/// Logs what failed in a call of the hub, and not what was refused, which its caller is told. The framework makes no
/// difference, so what it writes of failed calls is left out.
/// </summary>
internal sealed class HubFaults(ILogger<HubFaults> log) : IHubFilter
{
    /// <summary>The framework's logger of calls.</summary>
    public const string Replaced = "Microsoft.AspNetCore.SignalR.Internal.DefaultHubDispatcher";

    public async ValueTask<object?> InvokeMethodAsync(
        HubInvocationContext invocationContext,
        Func<HubInvocationContext, ValueTask<object?>> next
    )
    {
        try
        {
            return await next(invocationContext);
        }
        catch (Exception fault) when (fault is not HubException and not OperationCanceledException)
        {
            log.CallFailed(invocationContext.Context.ConnectionId, invocationContext.HubMethodName, fault);
            throw;
        }
    }
}
