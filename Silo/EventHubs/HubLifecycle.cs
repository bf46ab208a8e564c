namespace EcosystemSilo.Silo.EventHubs;

/// <summary>Starts and stops what takes part in it, in the order of its stages, whenever it is told to.</summary>
internal sealed class HubLifecycle : ILifecycleObservable
{
    private readonly List<(int Stage, ILifecycleObserver Observer)> _parts = [];

    public IDisposable Subscribe(string observerName, int stage, ILifecycleObserver observer)
    {
        _parts.Add((stage, observer));
        return new Nothing();
    }

    public async Task Start(CancellationToken cancellation)
    {
        foreach (var (_, part) in _parts.OrderBy(part => part.Stage))
        {
            await part.OnStart(cancellation);
        }
    }

    public async Task Stop(CancellationToken cancellation)
    {
        foreach (var (_, part) in _parts.OrderByDescending(part => part.Stage))
        {
            await part.OnStop(cancellation);
        }
    }

    /// <summary>Nobody leaves it.</summary>
    private sealed class Nothing : IDisposable
    {
        public void Dispose() { }
    }
}
