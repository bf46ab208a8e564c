using Orleans.Runtime.Providers;

namespace EcosystemSilo.Silo.EventHubs;

/// <summary>How long Orleans waits before it tries again to read, or to give a batch to its consumer.</summary>
internal sealed class HubBackoff : IMessageDeliveryBackoffProvider, IQueueReaderBackoffProvider
{
    public TimeSpan Next(int attempt) => After(attempt, HubLimits.RedeliveryMax);

    public static TimeSpan After(int failures, TimeSpan max) =>
        TimeSpan.FromTicks(Math.Min(max.Ticks, HubLimits.RetryFirst.Ticks << Math.Clamp(failures - 1, 0, 10)));
}
