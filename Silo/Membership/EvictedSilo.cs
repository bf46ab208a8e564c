using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace EcosystemSilo.Silo.Membership;

/// <summary>
/// The end of a silo that the cluster has given up, or that Orleans cannot go on with: one line in the log and an exit
/// code of its own, instead of a dump. What it had not committed is refused by the journal, whoever runs its grains
/// now.
/// </summary>
internal sealed class EvictedSilo(EndProcess end, ILogger<EvictedSilo> logger) : IFatalErrorHandler
{
    private int ended;

    public static void Register(IServiceCollection services)
    {
        ProcessEnd.Register(services);
        services.Replace(ServiceDescriptor.Singleton<IFatalErrorHandler, EvictedSilo>());
    }

    public bool IsUnexpected(Exception exception) => true;

    public void OnFatalException(object? sender = null, string? context = null, Exception? exception = null)
    {
        // Several parts of Orleans may say so at the same time.
        if (Interlocked.Exchange(ref ended, 1) == 0)
        {
            var reason = context ?? $"{sender}";
            reason = reason[..Math.Min(reason.Length, MembershipLimits.ReasonCharactersMax)];
            MembershipLog.SiloEnds(logger, ExitCodes.GivenUp, reason, exception);
            end(ExitCodes.GivenUp);
        }
    }
}
