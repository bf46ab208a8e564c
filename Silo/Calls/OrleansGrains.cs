using EcosystemSilo.Grains.Interfaces;
using EcosystemSilo.Silo.Activations;
using EcosystemSilo.Silo.Membership;
using EcosystemSilo.Silo.Publications;
using Microsoft.Extensions.Logging;

namespace EcosystemSilo.Silo.Calls;

/// <summary>
/// Asks grains through Orleans, in this process or in another. A call that Orleans could not bring through is repeated
/// under the same id, which is safe because the journal knows the id.
/// </summary>
internal sealed class OrleansGrains(
    IGrainFactory factory,
    IClusterLink link,
    CallRepeats repeats,
    KnownViews views,
    TimeProvider clock,
    ILogger<OrleansGrains> logger
) : CallingGrains(clock)
{
    /// <summary>Named once: Orleans would read it off the interface's attributes at every call.</summary>
    private static readonly GrainInterfaceType Interface = GrainInterfaceType.Create(IGrainCalls.Name);

    protected override Task<Envelope> Ask(GrainKey key, Envelope command, TimeSpan patience) =>
        Call(key, command, patience, static (grain, envelope) => grain.Ask(envelope));

    protected override Task<Envelope> Read(GrainKey key, Envelope which) =>
        Call(key, which, Limits.CallPatience, static (grain, envelope) => grain.Read(envelope));

    protected override void Committed(GrainKey key) => views.Forget(key);

    private async Task<Envelope> Call(
        GrainKey key,
        Envelope envelope,
        TimeSpan patience,
        Func<IGrainCalls, Envelope, Task<Envelope>> call
    )
    {
        if (!link.IsConnected)
        {
            throw new GrainUnavailableException("No silo is reached from this process.");
        }

        var since = TimeProvider.System.GetTimestamp();
        var grain = (IGrainCalls)factory.GetGrain(GrainAddresses.Of(key), Interface);
        try
        {
            return await call(grain, envelope);
        }
        catch (LimitExceededException full)
        {
            throw new GrainUnavailableException($"{key} has too many calls waiting; try again soon.", full);
        }
        catch (Exception fault) when (CallRepeats.MayBeRepeated(fault))
        {
            Log.CallRepeated(logger, key.ToString(), fault);
            var left = patience - TimeProvider.System.GetElapsedTime(since);
            return First(await repeats.Insist(key, () => call(grain, envelope), left, fault));
        }
    }

    /// <summary>
    /// The call before it, of which no answer came, may have been taken: it was the same call of the same caller, who
    /// has not repeated anything.
    /// </summary>
    private static Envelope First(Envelope answer) =>
        answer.Message is Accepted { Repeated: true } accepted
            ? answer with
            {
                Message = accepted with { Repeated = false },
            }
            : answer;
}
