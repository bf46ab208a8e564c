namespace EcosystemSilo.Tests.Support;

/// <summary>Holds whoever comes until it is opened, and tells when a number of them have arrived.</summary>
public sealed class Gate
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim _arrivals = new(0);

    public Task Pass()
    {
        _arrivals.Release();
        return _open.Task;
    }

    public void Open() => _open.TrySetResult();

    public async Task Arrived(int count = 1)
    {
        for (var seen = 0; seen < count; seen++)
        {
            if (!await _arrivals.WaitAsync(Patience))
            {
                throw new TimeoutException($"{count} were awaited at the gate; {seen} came.");
            }
        }
    }
}
