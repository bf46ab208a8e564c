namespace EcosystemSilo.Tests.Support;

/// <summary>Waits for what tells nobody that it has happened.</summary>
public static class Awaited
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    public static async Task Until(Func<Task<bool>> condition, string awaited)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            if (TimeProvider.System.GetElapsedTime(start) > Patience)
            {
                throw new TimeoutException($"Waited {Patience} for {awaited}, which did not come.");
            }

            await Task.Delay(Pause, TimeProvider.System);
        }
    }
}
